import type { Command } from "commander";
import { answerShow, type ShownArtifact } from "#lib/answers/show.ts";
import type { ItemFileTotals } from "#lib/db/queries/sum-item-files.ts";
import { formatCount, formatCounted, formatSize } from "#lib/display/bytes.ts";
import { formatSignatures } from "#lib/display/signatures.ts";
import { toTable } from "#lib/exports/table.ts";
import { ATTACHMENT_COLUMNS, BASE_CLAIM_COLUMNS } from "#lib/exports/tables/attached.ts";
import { LAYER_COLUMNS, WASTE_COLUMNS } from "#lib/exports/tables/closure.ts";
import { UNOWNED_COLUMNS } from "#lib/exports/tables/unowned.ts";
import { NAME_PERIOD_COLUMNS } from "#lib/exports/tables/versions.ts";
import { toArtifactId } from "#lib/model/artifact-id.ts";
import type { ArtifactNamePeriod } from "#lib/model/name-version.ts";
import type { NeedCounts } from "#lib/model/needs-answer.ts";
import { findOneArtifact, IMAGE } from "../artifact-set.ts";
import { commandLine } from "../next-step.ts";
import { addQuery } from "../query-command.ts";
import { formatProblem, type Terminal, writeLine } from "../terminal.ts";
import type { Workbench } from "../workbench.ts";
import { writeFacts, writeTable } from "../write-table.ts";

const SHOWN_WASTE = 10;

export function addShowCommand(program: Command, workbench: Workbench): void {
  const command = program
    .command("show")
    .argument("<artifact>", IMAGE)
    .description("one artifact: its sizes, layers, components and waste");
  addQuery(command, workbench, "show nginx:1.27 --json | jq .wastedSize", async ({ pool }, name: string) => {
    const shown = await answerShow(pool, (await findOneArtifact(pool, name)).id);
    return { json: () => shown, print: () => printText(workbench.terminal, shown) };
  });
}

function printText(terminal: Terminal, shown: ShownArtifact): void {
  const {
    layers,
    components,
    unowned = [],
    needs,
    wasted,
    files,
    signatures,
    problems,
    attachments,
    baseClaims,
    nameHistory,
    ...artifact
  } = shown;
  const facts = Object.entries(artifact)
    .filter(([key, value]) => value !== undefined && (key !== "names" || artifact.names.length > 1))
    .map(([key, value]): [string, string] => [key, formatFact(key, value)]);
  const kinds = Object.entries(components).map(([kind, count]) => `${count} ${kind}`);
  const isWhole = !("manifestOnly" in artifact);
  if (isWhole) facts.push(["components", kinds.join(", ")]);
  if (needs !== undefined) facts.push(["needs", formatNeeds(needs)]);
  if (files !== undefined) facts.push(["files", formatFiles(files, artifact.nodeCount)]);
  if ("fileCount" in artifact) facts.push(["sizes", "not known: an SBOM states none"]);
  if (signatures !== undefined) facts.push(["signatures", formatSignatures(signatures)]);
  writeFacts(terminal, facts);
  printNames(terminal, nameHistory);
  const { position, contentSize, downloadSize, entryCount, diffId, createdBy } = LAYER_COLUMNS;
  const rows = layers.map(({ index, ...layer }) => ({ ...layer, position: index }));
  const sizes = isWhole ? [contentSize, downloadSize, entryCount] : [downloadSize];
  writeTable(terminal, toTable("Layers, base first", [position, ...sizes, diffId, createdBy], rows));
  if (!isWhole) {
    writeLine(terminal, `no layer was read; to read them: ${commandLine("scan", artifact.source)}`);
    return;
  }
  writeTable(terminal, toTable("Files that no package owns", Object.values(UNOWNED_COLUMNS), unowned));
  const { path, ...numbers } = WASTE_COLUMNS;
  const largest = wasted.slice(0, SHOWN_WASTE);
  writeTable(terminal, toTable(toWasteHeading(artifact.id, wasted.length), [...Object.values(numbers), path], largest));
  writeTable(terminal, toTable("Attached", Object.values(ATTACHMENT_COLUMNS), attachments));
  writeTable(terminal, toTable("Images that its build used", Object.values(BASE_CLAIM_COLUMNS), baseClaims));
  for (const { severity, path, message } of problems) writeLine(terminal, formatProblem(severity, [path, message]));
}

/** Nothing for an artifact that has the name of its scan and no other: the facts say it. */
function printNames(terminal: Terminal, history: ShownArtifact["nameHistory"]): void {
  if (history.length < 2 && history.every(({ until }) => until === null)) return;
  const { name, since, seenAt, until, refersTo } = NAME_PERIOD_COLUMNS;
  const columns = [since, seenAt, until, { ...refersTo, shown: movedTo }, name];
  writeTable(terminal, toTable("Names", columns, history));
}

function movedTo({ until, refersTo }: ArtifactNamePeriod): string | null {
  return until === null || refersTo === null ? null : toArtifactId(refersTo);
}

function toWasteHeading(id: string, count: number): string {
  if (count <= SHOWN_WASTE) return "Wasted";
  return `Wasted, the ${SHOWN_WASTE} largest of ${formatCount(count)} files; ${commandLine("waste", id)} lists more`;
}

function formatNeeds({ unmet, undeclared, unused, unasked, unaskedSize }: NeedCounts): string {
  const counts = `${formatCount(unmet)} unmet, ${formatCount(undeclared)} linked but not declared, ${formatCount(unused)} declared but not seen in use`;
  return `${counts}; nothing asked for ${formatCounted(unasked, "component")}, ${formatSize(unaskedSize)}`;
}

function formatFiles({ items, count, bytes }: ItemFileTotals, itemCount: number): string {
  if (items === 0) return "not known: scan the store again with --files";
  const where = items === itemCount ? "" : `, in ${formatCount(items)} of ${formatCount(itemCount)} items`;
  return `${formatCount(count)}, ${formatSize(bytes)}${where}`;
}

function formatFact(key: string, value: unknown): string {
  if (typeof value === "number" && key.endsWith("Size")) return formatSize(value);
  return Array.isArray(value) ? value.join(", ") : String(value);
}
