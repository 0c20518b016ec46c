import type { Command } from "commander";
import { answerSavings } from "#lib/answers/savings.ts";
import { formatSize } from "#lib/display/bytes.ts";
import { column, toTable } from "#lib/exports/table.ts";
import { downloadColumns, rungColumns, toMarginalTable, toPenaltyTable } from "#lib/exports/tables/savings.ts";
import type { SavingsAnswer } from "#lib/model/answer.ts";
import { isByDownload } from "#lib/model/artifact-label.ts";
import { ARTIFACTS, findArtifactSet, manifestOnlyField } from "../artifact-set.ts";
import { addQuery } from "../query-command.ts";
import { type Terminal, writeLine } from "../terminal.ts";
import type { Workbench } from "../workbench.ts";
import { writeByDownload, writeTable } from "../write-table.ts";

/** Rows of the text output. */
const SHOWN_LAYERS = 5;
const SHOWN_ARTIFACTS = 12;
const NOTE =
  "estimated: downloads by compression; by chunk, files that are not cut yet (`stratigraph chunks`) count whole; store items without known files (`scan --files`) count whole";

export function addSavingsCommand(program: Command, workbench: Workbench): void {
  const command = program
    .command("savings")
    .argument("<artifact...>", ARTIFACTS)
    .description("the bytes that a set needs when it is shared by layer, by package, by file");
  addQuery(command, workbench, "savings 'shop/*'", async ({ pool }, names: string[]) => {
    const answer = await answerSavings(pool, await findArtifactSet(pool, workbench.terminal, names));
    return { json: () => toJson(answer), print: () => printText(workbench.terminal, answer) };
  });
}

function toJson({ artifacts, rungs, orderPenalty, penalisedLayers, download }: SavingsAnswer) {
  const ids = artifacts.map(({ id }) => id);
  const layers = penalisedLayers.map(({ places, ...layer }) => ({
    ...layer,
    places: places.map(({ artifact, ...place }) => ({ artifact: ids[artifact]!, ...place })),
  }));
  return { artifacts: ids, ...manifestOnlyField(artifacts), rungs, orderPenalty, penalisedLayers: layers, download };
}

function printText(terminal: Terminal, answer: SavingsAnswer): void {
  const { artifacts, rungs, orderPenalty, download } = answer;
  writeByDownload(terminal, answer);
  const exact = column<{ readonly bytes: number | null }>("Bytes", "count", ({ bytes }) => bytes);
  const { rung, bytes, ...ladder } = rungColumns(answer);
  writeTable(terminal, toTable("", [rung, bytes, exact, ...Object.values(ladder)], rungs));
  writeTable(terminal, toPenaltyTable(answer), SHOWN_LAYERS);
  if (orderPenalty !== null && orderPenalty > 0) writeLine(terminal, `order penalty: ${formatSize(orderPenalty)}`);
  const { rung: wireRung, bytes: wireBytes, ...wire } = downloadColumns(answer);
  if (!isByDownload(artifacts))
    writeTable(terminal, toTable("On the wire", [wireRung, wireBytes, exact, ...Object.values(wire)], download));
  // Few enough columns for 80 characters: unshared is what each needs alone.
  const shared = rungs.filter((figure) => figure.rung !== "unshared");
  if (artifacts.length > 1) writeTable(terminal, toMarginalTable({ artifacts, rungs: shared }), SHOWN_ARTIFACTS);
  if (![...rungs, ...download].some(({ estimated }) => estimated)) return;
  writeLine(terminal, "");
  writeLine(terminal, NOTE);
}
