import type { Command } from "commander";
import { answerDiff } from "#lib/answers/diff.ts";
import { sumChanges } from "#lib/exports/component-changes.ts";
import { toTable } from "#lib/exports/table.ts";
import {
  COMPONENT_COLUMNS,
  FILE_CHANGE_COLUMNS,
  FILE_CHANGE_WORDS,
  FILE_DELTA,
  LAYER_CHANGE_COLUMNS,
} from "#lib/exports/tables/diff.ts";
import type { DiffAnswer, FileChangeKind } from "#lib/model/answer.ts";
import { ARTIFACT, findOneArtifact } from "../artifact-set.ts";
import { addQuery } from "../query-command.ts";
import { type Terminal, writeLine } from "../terminal.ts";
import type { Workbench } from "../workbench.ts";
import { writeFigures, writeTable } from "../write-table.ts";

/** Rows of the text output. */
const SHOWN_COMPONENTS = 30;
const SHOWN_FILES = 20;

const NO_FILES = "files: not compared, because they are not known: scan the store again with --files";

export function addDiffCommand(program: Command, workbench: Workbench): void {
  const command = program
    .command("diff")
    .argument("<left>", ARTIFACT)
    .argument("<right>", ARTIFACT)
    .description("the differences between two artifacts: components, layers, files");
  addQuery(command, workbench, "diff nginx:1.26 nginx:1.27", async ({ pool }, leftName: string, rightName: string) => {
    const [left, right] = [await findOneArtifact(pool, leftName), await findOneArtifact(pool, rightName)];
    const answer = await answerDiff(pool, left, right, Number.POSITIVE_INFINITY);
    return { json: () => toJson(answer), print: () => printText(workbench.terminal, answer) };
  });
}

function toJson({ artifacts: [left, right], totals, components, layers, files }: DiffAnswer) {
  const fileChanges = files?.changes.toSorted((a, b) => (a.path < b.path ? -1 : 1));
  return { left: left.id, right: right.id, totals, components, layers, files: toFilesJson(files), fileChanges };
}

/** Counts of names: `changed` in content, `metadata` only in mode, owner, type or target; `null` if files are not known. */
function toFilesJson(files: DiffAnswer["files"]) {
  if (files === null) return { available: false, by: null, added: null, removed: null, changed: null, metadata: null };
  const { content, ...counts } = files.counts;
  return { available: true, by: files.by, ...counts, changed: content };
}

function printText(terminal: Terminal, answer: DiffAnswer): void {
  const { layers, components, files } = answer;
  writeFigures(terminal, answer);
  writeTable(terminal, toTable("Layers, base first", Object.values(LAYER_CHANGE_COLUMNS), layers));
  const { change, delta, name, leftVersion, rightVersion } = COMPONENT_COLUMNS;
  const changed = components.filter((row) => row.change !== "same");
  const columns = [change, delta, name, leftVersion, rightVersion];
  writeTable(terminal, toTable("Components, the largest changes first", columns, changed), SHOWN_COMPONENTS);
  const counts = sumChanges(components).map((sum) => `${sum.count} ${sum.change}`);
  writeLine(terminal, "");
  writeLine(terminal, `components: ${counts.join(", ")}`);
  if (files === null) writeLine(terminal, NO_FILES);
  else printFiles(terminal, files);
}

function printFiles(terminal: Terminal, { by, counts, changes }: NonNullable<DiffAnswer["files"]>): void {
  const { change, path } = FILE_CHANGE_COLUMNS;
  const kinds = Object.entries(counts).map(([kind, count]) => `${count} ${FILE_CHANGE_WORDS[kind as FileChangeKind]}`);
  writeLine(terminal, `files${by === "content" ? ", compared by content" : ""}: ${kinds.join(", ")}`);
  writeTable(terminal, toTable("Files, the largest changes first", [change, FILE_DELTA, path], changes), SHOWN_FILES);
}
