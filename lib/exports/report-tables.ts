import { nameArtifacts } from "#lib/display/artifact-names.ts";
import type { Answer } from "#lib/model/answer.ts";
import type { ReportTable } from "./table.ts";
import { toClosureTables } from "./tables/closure.ts";
import { toDiffTables } from "./tables/diff.ts";
import { toOverlapTables } from "./tables/overlap.ts";
import { toSavingsTables } from "./tables/savings.ts";

/** The tables of an answer, the main one first: every picture of the answer can be read off them. */
export function toReportTables(answer: Answer): ReportTable[] {
  switch (answer.question) {
    case "diff":
      return toDiffTables(answer);
    case "overlap":
      return toOverlapTables(answer);
    case "savings":
      return toSavingsTables(answer);
    case "closure":
      return toClosureTables(answer);
  }
}

/** Names that a title tells before the rest is counted. */
const TITLE_NAMES = 4;

/** What a report is called until somebody calls it something else. */
export function toReportTitle(answer: Answer): string {
  const names = nameArtifacts(answer.artifacts);
  const shown = names.slice(0, TITLE_NAMES - 1).join(", ");
  const list = names.length > TITLE_NAMES ? `${shown} and ${names.length - TITLE_NAMES + 1} more` : names.join(", ");
  switch (answer.question) {
    case "diff":
      return `${names[0]} → ${names[1]}`;
    case "overlap":
      return `What ${list} share, by ${answer.rung}`;
    case "savings":
      return `What sharing saves for ${list}`;
    case "closure":
      return `What ${list} is made of`;
  }
}
