import type { Command } from "commander";
import { answerWaste, type WasteAnswer } from "#lib/answers/waste.ts";
import { formatBytes, formatCounted } from "#lib/display/bytes.ts";
import { toArtifactId } from "#lib/model/artifact-id.ts";
import { findOneArtifact } from "../artifact-set.ts";
import { parseCount } from "../option-values.ts";
import { type Terminal, writeCut, writeJson, writeLine, writeTable } from "../terminal.ts";
import { askDatabase, type Workbench } from "../workbench.ts";

/** Rows a person is shown. JSON has them all. */
const SHOWN_FILES = 30;
const WASTE_HEADINGS = ["size", "layer", "hidden by", "path"];
/** The most that Postgres takes for a LIMIT of 32 bits. */
const EVERY_FILE = 2 ** 31 - 1;

interface WasteOptions {
  limit?: number;
  json?: boolean;
}

export function addWasteCommand(program: Command, workbench: Workbench): void {
  program
    .command("waste")
    .argument("<image>", "name, repo:tag, digest or id")
    .description("files that layers contain and no container sees, with the layers that contain and hide them")
    .option(
      "--limit <count>",
      `at most so many files, largest first (default: ${SHOWN_FILES}; all in JSON)`,
      parseCount,
    )
    .option("--json", "one JSON document on standard output")
    .addHelpText("after", "\nExample:\n  stratigraph waste nginx:1.27 --limit 10")
    .action((image: string, options: WasteOptions) => waste(workbench, image, options));
}

function waste({ terminal, signal }: Workbench, image: string, { limit, json }: WasteOptions): Promise<void> {
  return askDatabase(signal, async ({ pool }) => {
    const { id, digest } = await findOneArtifact(pool, image);
    const answer = await answerWaste(pool, id, limit ?? (json ? EVERY_FILE : SHOWN_FILES));
    if (json) writeJson(terminal, { artifact: toArtifactId(digest), ...toJson(answer) });
    else if (answer.count === 0) writeLine(terminal, "no wasted space: a container sees every file of every layer");
    else writeText(terminal, answer);
  });
}

function toJson({ rows, count, bytes, layers }: WasteAnswer) {
  const wasteful = layers.map(({ position, diffId, createdBy, wastedSize }) => {
    return { index: position, diffId, createdBy, wastedSize };
  });
  return { files: rows, layers: wasteful, total: { files: count, bytes } };
}

function writeText(terminal: Terminal, { rows, count, bytes, layers }: WasteAnswer): void {
  const cells = rows.map((file) => [formatBytes(file.bytes), `${file.layer}`, `${file.hiddenBy}`, file.path]);
  writeTable(terminal, { cells: [WASTE_HEADINGS, ...cells], right: [0, 1, 2], fitted: 3 });
  writeCut(terminal, count, rows.length);
  const named = new Set(rows.flatMap(({ layer, hiddenBy }) => [layer, hiddenBy]));
  const shown = layers.filter(({ position, wastedSize }) => wastedSize > 0 || named.has(position));
  const steps = shown.map(({ position, wastedSize, createdBy }) => [`${position}`, formatBytes(wastedSize), createdBy]);
  const layerCells = [["layer", "wasted", "created by"], ...steps];
  writeTable(terminal, { heading: "", cells: layerCells, right: [0, 1], fitted: 2 });
  writeLine(terminal, "");
  writeLine(terminal, `${formatCounted(count, "file")}, ${formatBytes(bytes)} (${bytes} bytes) that no container sees`);
}
