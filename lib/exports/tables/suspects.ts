import { suspectName } from "#lib/display/suspect-words.ts";
import type { Suspect } from "#lib/model/suspect.ts";
import { type Columns, column, KIND, measureColumn } from "../table.ts";

export const SUSPECT_COLUMNS = {
  name: column("Suspect", "text", suspectName),
  kind: KIND,
  retainedSize: measureColumn("retainedSize"),
  retainedCount: column("Keeps", "count", ({ retainedSize }) => retainedSize, { measure: "retainedCount" }),
  share: column("Share", "share", ({ share }) => share),
  accumulation: column("Gathers at", "text", ({ accumulation }) => accumulation?.name ?? null),
  rootCount: column("Roots", "count", ({ rootCount }) => rootCount),
  path: column("Path from a root", "path", ({ path }) => path.map(({ name }) => name).join(" → ")),
  nodes: column("Nodes", "path", ({ nodes }) => nodes.join(" ")),
} satisfies Columns<Suspect>;
