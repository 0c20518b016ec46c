import type { Command } from "commander";
import { answerWaste, type WasteAnswer } from "#lib/answers/waste.ts";
import { formatCounted, formatSize } from "#lib/display/bytes.ts";
import { toTable } from "#lib/exports/table.ts";
import { LAYER_COLUMNS, WASTE_COLUMNS } from "#lib/exports/tables/closure.ts";
import { toArtifactId } from "#lib/model/artifact-id.ts";
import { findOneArtifact, IMAGE } from "../artifact-set.ts";
import { ALL_ROWS, limitOption } from "../option-values.ts";
import { addQuery, type JsonOption } from "../query-command.ts";
import { type Terminal, writeLine } from "../terminal.ts";
import type { Workbench } from "../workbench.ts";
import { writeTable } from "../write-table.ts";

/** Rows of the text output. */
const SHOWN_FILES = 30;

interface WasteOptions extends JsonOption {
  readonly limit?: number;
}

export function addWasteCommand(program: Command, workbench: Workbench): void {
  const command = program
    .command("waste")
    .argument("<image>", IMAGE)
    .description("files in layers that no container sees, with the layers that contain and hide them")
    .addOption(limitOption(SHOWN_FILES));
  addQuery(
    command,
    workbench,
    "waste nginx:1.27 --limit 10",
    async ({ pool }, image: string, options: WasteOptions) => {
      const { id, digest } = await findOneArtifact(pool, image);
      const answer = await answerWaste(pool, id, options.limit ?? (options.json ? ALL_ROWS : SHOWN_FILES));
      return {
        json: () => ({ artifact: toArtifactId(digest), ...toJson(answer) }),
        print: () => {
          if (answer.count > 0) printText(workbench.terminal, answer);
          else writeLine(workbench.terminal, "no wasted space: a container sees every file of every layer");
        },
      };
    },
  );
}

function toJson({ rows, count, bytes, layers }: WasteAnswer) {
  const wasteful = layers.map(({ position, diffId, createdBy, wastedSize }) => {
    return { index: position, diffId, createdBy, wastedSize };
  });
  return { files: rows, layers: wasteful, total: { files: count, bytes } };
}

function printText(terminal: Terminal, { rows, count, bytes, layers }: WasteAnswer): void {
  const { path, ...numbers } = WASTE_COLUMNS;
  writeTable(terminal, toTable("", [...Object.values(numbers), path], rows, count));
  const named = new Set(rows.flatMap(({ layer, hiddenBy }) => [layer, hiddenBy]));
  const shown = layers.filter(({ position, wastedSize }) => wastedSize > 0 || named.has(position));
  const { position, wastedSize, createdBy } = LAYER_COLUMNS;
  writeTable(terminal, toTable("Layers", [position, wastedSize, createdBy], shown));
  writeLine(terminal, "");
  writeLine(terminal, `${formatCounted(count, "file")}, ${formatSize(bytes)} that no container sees`);
}
