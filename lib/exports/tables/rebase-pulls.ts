import type { PullRow } from "#lib/model/rebase-plan.ts";
import { type Columns, column } from "../table.ts";

/** What is downloaded by what a host has. */
export const PULL_COLUMNS = {
  host: column("A host that has", "text", ({ host }: PullRow) => host),
  rebased: column("Pulls rebased", "bytes", ({ rebased }: PullRow) => rebased),
  rebuilt: column("Pulls rebuilt", "bytes", ({ rebuilt }: PullRow) => rebuilt),
} satisfies Columns<PullRow>;
