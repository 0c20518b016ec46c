import type { Command } from "commander";
import type { Pool } from "pg";
import { type Difference, diffArtifacts } from "#lib/analysis/sharing/diff.ts";
import type { ComponentDifference, DifferenceSide, Side } from "#lib/analysis/sharing/diff-components.ts";
import { countFiles, type FileDifference } from "#lib/analysis/sharing/diff-files.ts";
import type { LayerDifference } from "#lib/analysis/sharing/diff-layers.ts";
import { compareFiles, type FileComparison } from "#lib/answers/compare-files.ts";
import { loadLabels } from "#lib/answers/labels.ts";
import { loadPartComponents, loadPartHoldings } from "#lib/answers/parts.ts";
import { findArtifact } from "#lib/db/queries/find-artifact.ts";
import { whileThere } from "#lib/db/queries/while-there.ts";
import { formatBytes, formatCount, formatCounted } from "#lib/display/bytes.ts";
import type { ArtifactLabel } from "#lib/model/answer.ts";
import type { ArtifactPart } from "#lib/model/artifact-part.ts";
import type { VisibleName } from "#lib/model/holding.ts";
import { shortDigest } from "#lib/model/short-digest.ts";
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

interface Answer extends Difference {
  readonly left: ArtifactLabel;
  readonly right: ArtifactLabel;
  /** `undefined` where a closure takes part whose files are not known. */
  readonly files: FileComparison | undefined;
}

function diff({ terminal, signal }: Workbench, question: Question): Promise<void> {
  return askDatabase(signal, async ({ pool }) => {
    const left = await findArtifact(pool, question.left);
    const right = await findArtifact(pool, question.right);
    const answer = await whileThere(pool, [left, right], () => findAnswer(pool, [left, right]));
    if (question.asJson) writeJson(terminal, toJson(answer));
    else writeText(terminal, answer);
  });
}

async function findAnswer(db: Pool, parts: readonly [ArtifactPart, ArtifactPart]): Promise<Answer> {
  const [[left, right], holdings, components] = await Promise.all([
    loadLabels(db, parts),
    loadPartHoldings(db, parts),
    loadPartComponents(db, parts),
  ]);
  const [leftSide, rightSide] = holdings.map((holding, i): Side => ({ holding, components: components[i]! }));
  const difference = diffArtifacts(leftSide!, rightSide!);
  const files = await compareFiles(db, [leftSide!.holding, rightSide!.holding], difference.components);
  return { left: left!, right: right!, ...difference, files };
}

function toJson({ left, right, totals, components, layers, files }: Answer) {
  return {
    left: left.id,
    right: right.id,
    totals,
    components: components.map(toComponentJson),
    layers: layers.map((layer) => ({ ...layer, left: layer.left ?? null, right: layer.right ?? null })),
    files: toFilesJson(files),
    fileChanges: files?.rows.map(({ change, path, ...sides }) => {
      return { change, path, left: toFileJson(sides.left), right: toFileJson(sides.right) };
    }),
  };
}

function toComponentJson({ left, right, matchedBy, ...row }: ComponentDifference) {
  return { ...row, matchedBy: matchedBy ?? null, left: toSideJson(left), right: toSideJson(right) };
}

function toSideJson(side: DifferenceSide | undefined) {
  if (side === undefined) return null;
  const { nodeIndex: _, ...json } = side;
  return json;
}

/** Counts of names: `changed` in content, `metadata` in mode, owner, type or target only; all null where files are not known. */
function toFilesJson(files: FileComparison | undefined) {
  if (files === undefined) {
    return { available: false, by: null, added: null, removed: null, changed: null, metadata: null };
  }
  const { content, ...counts } = countFiles(files.rows);
  return { available: true, by: files.by, ...counts, changed: content };
}

function toFileJson(name: VisibleName | undefined) {
  if (name === undefined) return null;
  const { kind, mode, uid, gid, byteCount, target } = name;
  return { kind: KIND_NAMES[kind] ?? "file", mode, uid, gid, bytes: byteCount, target };
}

/** By EntryKind. */
const KIND_NAMES: readonly string[] = ["file", "directory", "symlink", "hardLink", "charDevice", "blockDevice", "fifo"];

function writeText(terminal: Terminal, answer: Answer): void {
  const { left, right, totals, components, layers, files } = answer;
  const sides = [
    ["left", formatBytes(totals.left), left.name],
    ["right", formatBytes(totals.right), right.name],
    ["", formatDelta(totals.delta), `${formatCount(totals.delta)} bytes`],
  ];
  writeTable(terminal, { cells: sides, right: [1] });
  if (layers.length > 0)
    writeTable(terminal, { heading: "layers, the lowest first", cells: layers.map(toLayerCells), right: [1] });
  writeComponents(terminal, components);
  if (files === undefined) {
    writeLine(terminal, "");
    writeLine(terminal, NO_FILES);
  } else writeFiles(terminal, files);
}

const NO_FILES =
  "files: not compared, since a store's database does not list them; scan the store with --files to have them";

function toLayerCells({ change, contentSize, diffId, left, right }: LayerDifference): string[] {
  const at = (position: number | undefined) => (position === undefined ? "–" : String(position));
  return [change, formatBytes(contentSize), `${at(left)} → ${at(right)}`, shortDigest(diffId)];
}

function writeComponents(terminal: Terminal, components: readonly ComponentDifference[]): void {
  const changed = components.filter(({ change }) => change !== "same");
  const rows = changed.slice(0, SHOWN_COMPONENTS).map(toComponentCells);
  if (rows.length > 0)
    writeTable(terminal, { heading: "components, the largest change first", cells: rows, right: [1] });
  else writeLine(terminal, "");
  if (changed.length > rows.length) writeLine(terminal, `… ${changed.length - rows.length} more; --json has all`);
  writeLine(terminal, `components: ${toCounts(components)}`);
}

function toComponentCells({ change, delta, name, left, right }: ComponentDifference): string[] {
  const versions = [left?.version, right?.version].filter((version) => version !== undefined && version !== "");
  const text =
    versions[0] === versions[1] && versions.length === 2 ? `${versions[0]}, other content` : versions.join(" → ");
  return [change, formatDelta(delta), name, text];
}

function toCounts(components: readonly ComponentDifference[]): string {
  const count = (change: ComponentDifference["change"]) => components.filter((row) => row.change === change).length;
  return (["same", "changed", "added", "removed"] as const).map((change) => `${count(change)} ${change}`).join(", ");
}

function writeFiles(terminal: Terminal, { by, rows: files }: FileComparison): void {
  const largest = files.toSorted((a, b) => Math.abs(toDelta(b)) - Math.abs(toDelta(a))).slice(0, SHOWN_FILES);
  const rows = largest.map((row) => [
    row.change === "content" ? "changed" : row.change,
    formatDelta(toDelta(row)),
    row.path,
  ]);
  if (rows.length > 0) writeTable(terminal, { heading: "files, the largest change first", cells: rows, right: [1] });
  if (files.length > rows.length)
    writeLine(terminal, `… ${formatCounted(files.length - rows.length, "more file")}; --json has all`);
  const { added, removed, content, metadata } = countFiles(files);
  writeLine(
    terminal,
    `files${by === "content" ? " by content, whatever their names" : ""}: ${added} added, ${removed} removed, ${content} changed, ${metadata} in mode, owner, type or target only`,
  );
}

function toDelta({ left, right }: FileDifference): number {
  return (right?.byteCount ?? 0) - (left?.byteCount ?? 0);
}

function formatDelta(bytes: number): string {
  return bytes > 0 ? `+${formatBytes(bytes)}` : formatBytes(bytes);
}
