import type { Command } from "commander";
import { answerOverlap } from "#lib/answers/overlap.ts";
import { formatCounted } from "#lib/display/bytes.ts";
import { column, NAME, toTable } from "#lib/exports/table.ts";
import { ALIGNABLE_COLUMNS, toCellTable, toMatrix, versionWords } from "#lib/exports/tables/overlap.ts";
import type { AlignableName, OverlapAnswer } from "#lib/model/answer.ts";
import { MAX_SETS, MIN_SETS, RUNG_NAMES, type RungName } from "#lib/model/rung.ts";
import { ARTIFACTS, findArtifactSet, manifestOnlyField, RUNG_OPTION } from "../artifact-set.ts";
import { choiceOption } from "../option-values.ts";
import { addQuery } from "../query-command.ts";
import { type Terminal, writeLine } from "../terminal.ts";
import type { Workbench } from "../workbench.ts";
import { writeFigures, writeTable } from "../write-table.ts";

/** Rows of the text output. */
const SHOWN_CELLS = 20;
const SHOWN_NAMES = 10;
const NOTE =
  "estimated: files that are not cut yet count whole, and so do store items without known files (scan --files)";

export function addOverlapCommand(program: Command, workbench: Workbench): void {
  const command = program
    .command("overlap")
    .argument("<artifact...>", `${MIN_SETS} to ${MAX_SETS} ${ARTIFACTS}`)
    .description(`the bytes that ${MIN_SETS} to ${MAX_SETS} artifacts share`)
    .addOption(choiceOption("--rung <rung>", RUNG_OPTION, RUNG_NAMES));
  const example = "overlap api:2.3 worker:2.3 cron:1.9 --rung package";
  addQuery(command, workbench, example, async ({ pool }, names: string[], { rung }: { rung?: RungName }) => {
    const parts = await findArtifactSet(pool, workbench.terminal, names);
    const answer = await answerOverlap(pool, { parts, rung, nameLimit: Number.POSITIVE_INFINITY });
    return { json: () => toJson(answer), print: () => printText(workbench.terminal, answer) };
  });
}

function toJson({ rung, estimated, artifacts, cells, matrix, union, alignable }: OverlapAnswer) {
  const ids = artifacts.map(({ id }) => id);
  const toIds = <Row extends { in: readonly number[] }>(row: Row) => ({ ...row, in: row.in.map((i) => ids[i]!) });
  return {
    rung,
    estimated,
    artifacts: ids,
    ...manifestOnlyField(artifacts),
    cells: cells.map(toIds),
    matrix,
    union,
    alignable: alignable.map(({ variants, ...name }) => ({ ...name, variants: variants.map(toIds) })),
  };
}

function printText(terminal: Terminal, answer: OverlapAnswer): void {
  const { artifacts, matrix, union, alignable, estimated } = answer;
  const letters = artifacts.map((_, i) => letterOf(i));
  writeFigures(terminal, answer);
  writeLine(terminal, `${formatCounted(union.units, "unit")} in all`);
  writeTable(
    terminal,
    toTable(
      "Artifacts",
      LEGEND,
      artifacts.map(({ name }, i) => ({ name, i, ...matrix[i]![i]! })),
    ),
  );
  writeTable(terminal, toCellTable(answer, letters), SHOWN_CELLS);
  writeTable(terminal, toMatrix(answer, letters));
  writeTable(terminal, toMatrix(answer, letters, true));
  const columns = Object.values({ ...ALIGNABLE_COLUMNS, versions: VERSIONS });
  writeTable(terminal, toTable("Version drift", columns, alignable), SHOWN_NAMES);
  if (!estimated) return;
  writeLine(terminal, "");
  writeLine(terminal, NOTE);
}

/** Letters stand for the artifacts in the other tables. */
const LEGEND = [
  column<{ readonly i: number }>("", "text", ({ i }) => letterOf(i)),
  column<{ readonly bytes: number }>("Size", "bytes", ({ bytes }) => bytes),
  NAME,
];

/** Versions with the letters of their artifacts. */
const VERSIONS = {
  ...ALIGNABLE_COLUMNS.versions,
  shown: ({ variants }: AlignableName) =>
    variants.map(({ version, in: sets }) => `${versionWords(version)} (${sets.map(letterOf).join("")})`).join(", "),
};

/** A to Z, then a to f: enough for `MAX_SETS`. */
function letterOf(set: number): string {
  return String.fromCharCode(set < 26 ? 65 + set : 71 + set);
}
