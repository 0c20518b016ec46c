import type { Command } from "commander";
import { answerShow, type ShownArtifact } from "#lib/answers/artifacts.ts";
import type { ItemFileTotals } from "#lib/db/queries/sum-item-files.ts";
import { formatBytes, formatCount } from "#lib/display/bytes.ts";
import { findOneArtifact } from "../artifact-set.ts";
import { commandLine } from "../next-step.ts";
import { formatProblem, type Terminal, writeJson, writeLine, writeTable } from "../terminal.ts";
import { askDatabase, type Workbench } from "../workbench.ts";

const SHOWN_WASTE = 10;
const LAYER_HEADINGS = ["layer", "size", "download", "entries", "diffID", "created by"];
const WASTE_HEADINGS = ["size", "layer", "hidden by", "path"];

export function addShowCommand(program: Command, workbench: Workbench): void {
  program
    .command("show")
    .argument("<artifact>", "name, repo:tag, digest or id")
    .description("one artifact: its sizes, layers, components and waste")
    .option("--json", "one JSON document on standard output")
    .addHelpText("after", "\nExample:\n  stratigraph show nginx:1.27 --json | jq .wastedSize")
    .action((name: string, options: { json?: boolean }) => show(workbench, name, options.json === true));
}

function show({ terminal, signal }: Workbench, name: string, asJson: boolean): Promise<void> {
  return askDatabase(signal, async ({ pool }) => {
    const found = await findOneArtifact(pool, name);
    const shown = await answerShow(pool, found.id);
    if (asJson) writeJson(terminal, shown);
    else writeText(terminal, shown);
  });
}

function writeText(terminal: Terminal, shown: ShownArtifact): void {
  const { layers, components, wasted, files, problems, ...artifact } = shown;
  const facts = Object.entries(artifact)
    .filter(([key, value]) => value !== undefined && (key !== "names" || artifact.names.length > 1))
    .map(([key, value]) => [key, formatFact(key, value)]);
  writeTable(terminal, { cells: facts });
  writeLine(
    terminal,
    `components  ${Object.entries(components)
      .map(([kind, count]) => `${count} ${kind}`)
      .join(", ")}`,
  );
  if (files !== undefined) writeLine(terminal, `files       ${formatFiles(files, artifact.nodeCount)}`);
  if (layers.length > 0)
    writeTable(terminal, {
      heading: "layers, the lowest first",
      cells: [LAYER_HEADINGS, ...layers.map(toLayerCells)],
      right: [0, 1, 2, 3],
      fitted: LAYER_HEADINGS.indexOf("created by"),
    });
  if (wasted.length > 0) {
    const rows = wasted.slice(0, SHOWN_WASTE).map(({ path, bytes, layer, hiddenBy }) => {
      return [formatBytes(bytes), String(layer), String(hiddenBy), path];
    });
    const cells = [WASTE_HEADINGS, ...rows];
    writeTable(terminal, { heading: toWasteHeading(artifact.id, wasted.length), cells, right: [0, 1, 2], fitted: 3 });
  }
  for (const { severity, path, message } of problems) writeLine(terminal, formatProblem(severity, [path, message]));
}

function toWasteHeading(id: string, count: number): string {
  if (count <= SHOWN_WASTE) return "wasted";
  return `wasted, the largest ${SHOWN_WASTE} of ${formatCount(count)}; ${commandLine("waste", id)} lists more`;
}

function formatFiles({ items, count, bytes }: ItemFileTotals, itemCount: number): string {
  if (items === 0) return "not known: scan the store again with --files";
  const where = items === itemCount ? "" : `, of ${formatCount(items)} of ${formatCount(itemCount)} items`;
  return `${formatCount(count)}, ${formatBytes(bytes)} (${bytes} bytes)${where}`;
}

function toLayerCells(layer: ShownArtifact["layers"][number]): string[] {
  const { index, contentSize, downloadSize, entryCount, diffId, createdBy } = layer;
  const sizes = [formatBytes(contentSize), downloadSize === undefined ? "" : formatBytes(downloadSize)];
  return [String(index), ...sizes, formatCount(entryCount), diffId.slice(7, 19), createdBy.slice(0, 60)];
}

function formatFact(key: string, value: unknown): string {
  if (typeof value === "number" && key.endsWith("Size")) return `${formatBytes(value)} (${value} bytes)`;
  return Array.isArray(value) ? value.join(", ") : String(value);
}
