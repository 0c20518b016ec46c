import { suspectName } from "#lib/display/suspect-words.ts";
import type { KeptSuspect } from "#lib/model/suspect.ts";
import { type Columns, column, KIND, measureColumn } from "../table.ts";

const NAME = column<KeptSuspect>("Suspect", "text", suspectName);
const REST = {
  share: column("Share", "share", ({ share }) => share),
  accumulation: column("Gathers at", "text", ({ accumulation }) => accumulation?.name ?? null),
  rootCount: column("Roots", "count", ({ rootCount }) => rootCount),
  path: column("Path from a root", "path", ({ path }) => path.map(({ name }) => name).join(" → ")),
  nodes: column("Nodes", "path", ({ nodes }) => nodes.join(" ")),
} satisfies Columns<KeptSuspect>;

export const SUSPECT_COLUMNS = { name: NAME, kind: KIND, retainedSize: measureColumn("retainedSize"), ...REST };

/** Of an SBOM, whose sizes count components. */
export const COUNTED_SUSPECT_COLUMNS = {
  name: NAME,
  kind: KIND,
  retainedCount: column<KeptSuspect>("Keeps", "count", ({ retainedSize }) => retainedSize, {
    measure: "retainedCount",
  }),
  ...REST,
} satisfies Columns<KeptSuspect>;
