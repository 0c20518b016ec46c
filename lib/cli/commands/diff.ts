import type { Command } from "commander";
import { answerDiff } from "#lib/answers/diff.ts";
import { nameArtifacts } from "#lib/display/artifact-names.ts";
import { formatCount } from "#lib/display/bytes.ts";
import { sumChanges } from "#lib/exports/component-changes.ts";
import { toTable } from "#lib/exports/table.ts";
import {
  COMPONENT_COLUMNS,
  FILE_CHANGE_COLUMNS,
  FILE_CHANGE_WORDS,
  FILE_DELTA,
  LAYER_CHANGE_COLUMNS,
} from "#lib/exports/tables/diff.ts";
import type { ComponentVersion, DiffAnswer, FileChangeKind } from "#lib/model/answer.ts";
import { commonUnit } from "#lib/model/measure-unit.ts";
import { ARTIFACT, findOneArtifact } from "../artifact-set.ts";
import { addQuery } from "../query-command.ts";
import { type Terminal, writeLine } from "../terminal.ts";
import type { Workbench } from "../workbench.ts";
import { writeFacts, writeFigures, writeTable } from "../write-table.ts";

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

function toJson(answer: DiffAnswer) {
  const { artifacts, totals, components, layers, files } = answer;
  const [left, right] = artifacts;
  if (commonUnit(artifacts) === "components") return toCountedJson(answer);
  const fileChanges = files?.changes.toSorted((a, b) => (a.path < b.path ? -1 : 1));
  return { left: left.id, right: right.id, totals, components, layers, files: toFilesJson(files), fileChanges };
}

/** Beside an SBOM no bytes are known: they are `null`, and `counts` has the numbers of components. */
function toCountedJson({ artifacts: [left, right], totals, components, layers }: DiffAnswer) {
  const unsized = (version: ComponentVersion | null) => version && { ...version, bytes: null };
  return {
    left: left.id,
    right: right.id,
    totals: { left: null, right: null, delta: null },
    counts: totals,
    components: components.map((row) => ({
      ...row,
      left: unsized(row.left),
      right: unsized(row.right),
      delta: null,
    })),
    layers,
    files: toFilesJson(null),
  };
}

/** Counts of names: `changed` in content, `metadata` only in mode, owner, type or target; `null` if files are not known. */
function toFilesJson(files: DiffAnswer["files"]) {
  if (files === null) return { available: false, by: null, added: null, removed: null, changed: null, metadata: null };
  const { content, ...counts } = files.counts;
  return { available: true, by: files.by, ...counts, changed: content };
}

function printText(terminal: Terminal, answer: DiffAnswer): void {
  const { artifacts, layers, components, files } = answer;
  const isCounted = commonUnit(artifacts) === "components";
  if (isCounted) writeFacts(terminal, toCountFacts(answer));
  else writeFigures(terminal, answer);
  writeTable(terminal, toTable("Layers, base first", Object.values(LAYER_CHANGE_COLUMNS), layers));
  const { change, delta, name, leftVersion, rightVersion } = COMPONENT_COLUMNS;
  const changed = components.filter((row) => row.change !== "same");
  const columns = [change, ...(isCounted ? [] : [delta]), name, leftVersion, rightVersion];
  const title = isCounted ? "Components that changed" : "Components, the largest changes first";
  writeTable(terminal, toTable(title, columns, changed), SHOWN_COMPONENTS);
  const counts = sumChanges(components).map((sum) => `${sum.count} ${sum.change}`);
  writeLine(terminal, "");
  writeLine(terminal, `components: ${counts.join(", ")}`);
  if (isCounted) writeLine(terminal, "sizes and files: not known, because an SBOM states none");
  else if (files === null) writeLine(terminal, NO_FILES);
  else printFiles(terminal, files);
}

function toCountFacts({ artifacts, totals }: DiffAnswer): [string, string][] {
  const names = nameArtifacts(artifacts);
  return [
    [`Components, ${names[0]}`, formatCount(totals.left)],
    [`Components, ${names[1]}`, formatCount(totals.right)],
  ];
}

function printFiles(terminal: Terminal, { by, counts, changes }: NonNullable<DiffAnswer["files"]>): void {
  const { change, path } = FILE_CHANGE_COLUMNS;
  const kinds = Object.entries(counts).map(([kind, count]) => `${count} ${FILE_CHANGE_WORDS[kind as FileChangeKind]}`);
  writeLine(terminal, `files${by === "content" ? ", compared by content" : ""}: ${kinds.join(", ")}`);
  writeTable(terminal, toTable("Files, the largest changes first", [change, FILE_DELTA, path], changes), SHOWN_FILES);
}
