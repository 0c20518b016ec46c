import type { Command } from "commander";
import { answerDiff } from "#lib/answers/diff.ts";
import { formatBytes, formatCount, formatCounted } from "#lib/display/bytes.ts";
import type { ComponentChange, DiffAnswer, LayerChange } from "#lib/model/answer.ts";
import { shortDigest } from "#lib/model/short-digest.ts";
import { findOneArtifact } from "../artifact-set.ts";
import { type Terminal, writeJson, writeLine, writeTable } from "../terminal.ts";
import { askDatabase, type Workbench } from "../workbench.ts";

/** Rows a person is shown. JSON has them all. */
const SHOWN_COMPONENTS = 30;
const SHOWN_FILES = 20;

export function addDiffCommand(program: Command, workbench: Workbench): void {
  program
    .command("diff")
    .argument("<left>", "name, repo:tag, digest, id, or a root's store path")
    .argument("<right>", "another")
    .description("what changed between two artifacts: components, layers, files")
    .option("--json", "one JSON document on standard output")
    .addHelpText("after", "\nExample:\n  stratigraph diff nginx:1.26 nginx:1.27")
    .action((left: string, right: string, options: { json?: boolean }) =>
      diff(workbench, { left, right, asJson: options.json === true }),
    );
}

interface Question {
  readonly left: string;
  readonly right: string;
  readonly asJson: boolean;
}

function diff({ terminal, signal }: Workbench, question: Question): Promise<void> {
  return askDatabase(signal, async ({ pool }) => {
    const left = await findOneArtifact(pool, question.left);
    const right = await findOneArtifact(pool, question.right);
    const answer = await answerDiff(pool, left, right, Number.POSITIVE_INFINITY);
    if (question.asJson) writeJson(terminal, toJson(answer));
    else writeText(terminal, answer);
  });
}

function toJson({ artifacts: [left, right], totals, components, layers, files }: DiffAnswer) {
  const fileChanges = files?.changes.toSorted((a, b) => (a.path < b.path ? -1 : 1));
  return { left: left.id, right: right.id, totals, components, layers, files: toFilesJson(files), fileChanges };
}

/** Counts of names: `changed` in content, `metadata` in mode, owner, type or target only; all null where files are not known. */
function toFilesJson(files: DiffAnswer["files"]) {
  if (files === null) return { available: false, by: null, added: null, removed: null, changed: null, metadata: null };
  const { content, ...counts } = files.counts;
  return { available: true, by: files.by, ...counts, changed: content };
}

function writeText(terminal: Terminal, answer: DiffAnswer): void {
  const { artifacts, totals, components, layers, files } = answer;
  const [left, right] = artifacts;
  const sides = [
    ["left", formatBytes(totals.left), left.name],
    ["right", formatBytes(totals.right), right.name],
    ["", formatDelta(totals.delta), `${formatCount(totals.delta)} bytes`],
  ];
  writeTable(terminal, { cells: sides, right: [1] });
  if (layers.length > 0)
    writeTable(terminal, { heading: "layers, the lowest first", cells: layers.map(toLayerCells), right: [1] });
  writeComponents(terminal, components);
  if (files === null) {
    writeLine(terminal, "");
    writeLine(terminal, NO_FILES);
  } else writeFiles(terminal, files);
}

const NO_FILES =
  "files: not compared, since a store's database does not list them; scan the store with --files to have them";

function toLayerCells({ change, contentSize, diffId, left, right }: LayerChange): string[] {
  const at = (position: number | null) => (position === null ? "–" : String(position));
  return [change, formatBytes(contentSize), `${at(left)} → ${at(right)}`, shortDigest(diffId)];
}

function writeComponents(terminal: Terminal, components: readonly ComponentChange[]): void {
  const changed = components.filter(({ change }) => change !== "same");
  const rows = changed.slice(0, SHOWN_COMPONENTS).map(toComponentCells);
  if (rows.length > 0)
    writeTable(terminal, { heading: "components, the largest change first", cells: rows, right: [1] });
  else writeLine(terminal, "");
  if (changed.length > rows.length) writeLine(terminal, `… ${changed.length - rows.length} more; --json has all`);
  writeLine(terminal, `components: ${toCounts(components)}`);
}

function toComponentCells({ change, delta, name, left, right }: ComponentChange): string[] {
  const versions = [left?.version, right?.version].filter((version) => version !== undefined && version !== "");
  const text =
    versions[0] === versions[1] && versions.length === 2 ? `${versions[0]}, other content` : versions.join(" → ");
  return [change, formatDelta(delta), name, text];
}

function toCounts(components: readonly ComponentChange[]): string {
  const count = (change: ComponentChange["change"]) => components.filter((row) => row.change === change).length;
  return (["same", "changed", "added", "removed"] as const).map((change) => `${count(change)} ${change}`).join(", ");
}

function writeFiles(terminal: Terminal, { by, counts, changes }: NonNullable<DiffAnswer["files"]>): void {
  const rows = changes.slice(0, SHOWN_FILES).map((row) => {
    const delta = (row.right?.bytes ?? 0) - (row.left?.bytes ?? 0);
    return [row.change === "content" ? "changed" : row.change, formatDelta(delta), row.path];
  });
  if (rows.length > 0) writeTable(terminal, { heading: "files, the largest change first", cells: rows, right: [1] });
  if (changes.length > rows.length)
    writeLine(terminal, `… ${formatCounted(changes.length - rows.length, "more file")}; --json has all`);
  const { added, removed, content, metadata } = counts;
  writeLine(
    terminal,
    `files${by === "content" ? " by content, whatever their names" : ""}: ${added} added, ${removed} removed, ${content} changed, ${metadata} in mode, owner, type or target only`,
  );
}

function formatDelta(bytes: number): string {
  return bytes > 0 ? `+${formatBytes(bytes)}` : formatBytes(bytes);
}
