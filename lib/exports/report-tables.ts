import { nameArtifacts } from "#lib/display/artifact-names.ts";
import { listNames } from "#lib/display/list-names.ts";
import type { Answer } from "#lib/model/answer.ts";
import type { Table } from "./table.ts";
import { toClosureTables } from "./tables/closure.ts";
import { toDiffTables } from "./tables/diff.ts";
import { toOverlapTables } from "./tables/overlap.ts";
import { toSavingsTables } from "./tables/savings.ts";

/** The tables of an answer that have rows, the main one first. They contain the data of every picture of the answer. */
export function toReportTables(answer: Answer): Table[] {
  return toTables(answer).filter(({ rows }) => rows.length > 0);
}

function toTables(answer: Answer): Table[] {
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

/** The default title of a report. */
export function toReportTitle(answer: Answer): string {
  const names = nameArtifacts(answer.artifacts);
  switch (answer.question) {
    case "diff":
      return `${names[0]} → ${names[1]}`;
    case "overlap":
      return `What ${listNames(names)} share, by ${answer.rung}`;
    case "savings":
      return `What sharing saves for ${listNames(names)}`;
    case "closure":
      return `What ${names[0]} is made of`;
  }
}
