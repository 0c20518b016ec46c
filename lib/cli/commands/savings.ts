import type { Command } from "commander";
import { answerSavings } from "#lib/answers/savings.ts";
import { formatBytes, formatCount, formatCounted } from "#lib/display/bytes.ts";
import type { ArtifactLabel, PenalisedLayer, RungFigure, SavingsAnswer } from "#lib/model/answer.ts";
import { shortDigest } from "#lib/model/short-digest.ts";
import { findArtifactSet } from "../artifact-set.ts";
import { type Terminal, writeJson, writeLine, writeTable } from "../terminal.ts";
import { askDatabase, type Workbench } from "../workbench.ts";

/** Rows a person is shown. JSON has them all. */
const SHOWN_LAYERS = 5;
const SHOWN_ARTIFACTS = 12;
const NOTE =
  "~ is estimated: downloads by compression; by chunk, what is not cut yet (`stratigraph chunks`) counts by file, and a store's items whose files were not read (`scan --files`) count whole";

const UNKNOWN_NOTE =
  "not known: an image comes from an archive that stores its layers uncompressed, which says nothing of a registry's blobs";

export function addSavingsCommand(program: Command, workbench: Workbench): void {
  program
    .command("savings")
    .argument("<artifact...>", "names, patterns like api-*, repo:tags, digests, ids, or roots' store paths")
    .description("how many bytes a set needs when sharing happens by layer, by package, by file")
    .option("--json", "one JSON document on standard output")
    .addHelpText("after", "\nExample:\n  stratigraph savings 'shop/*'")
    .action((names: string[], options: { json?: boolean }) => savings(workbench, names, options.json === true));
}

function savings({ terminal, signal }: Workbench, names: readonly string[], asJson: boolean): Promise<void> {
  return askDatabase(signal, async ({ pool }) => {
    const parts = await findArtifactSet(pool, terminal, names);
    const answer = await answerSavings(pool, parts);
    if (asJson) writeJson(terminal, toJson(answer));
    else writeText(terminal, answer);
  });
}

function toJson({ artifacts, rungs, orderPenalty, penalisedLayers, download }: SavingsAnswer) {
  const ids = artifacts.map(({ id }) => id);
  const layers = penalisedLayers.map(({ places, ...layer }) => ({
    ...layer,
    places: places.map(({ artifact, ...place }) => ({ artifact: ids[artifact]!, ...place })),
  }));
  return { artifacts: ids, rungs, orderPenalty, penalisedLayers: layers, download };
}

function writeText(terminal: Terminal, answer: SavingsAnswer): void {
  const { artifacts, rungs, download } = answer;
  const head = ["on disk", "", "bytes", "units", "over chain", "over layer"];
  writeTable(terminal, { cells: [head, ...rungs.map(toCells)], right: [1, 2, 3, 4, 5] });
  writePenalty(terminal, answer);
  const cells = download.map(({ rung, bytes, estimated }) => [rung, ...toWireSize(bytes, estimated)]);
  writeTable(terminal, { heading: "", cells: [["download", "", "bytes"], ...cells], right: [1, 2] });
  if (download.some(({ bytes }) => bytes === null)) writeLine(terminal, UNKNOWN_NOTE);
  if (artifacts.length > 1) writeMarginal(terminal, answer);
  if ([...rungs, ...download].some(({ estimated }) => estimated)) {
    writeLine(terminal, "");
    writeLine(terminal, NOTE);
  }
}

function writePenalty(terminal: Terminal, { artifacts, orderPenalty, penalisedLayers }: SavingsAnswer): void {
  if (orderPenalty === 0) return;
  const extra = `${formatBytes(orderPenalty)} (${formatCount(orderPenalty)} bytes)`;
  writeLine(terminal, "");
  writeLine(terminal, `order penalty  ${extra}: layers kept more than once because they stand on different ones`);
  const shown = penalisedLayers.slice(0, SHOWN_LAYERS);
  writeTable(terminal, { cells: shown.map((layer) => toLayerCells(layer, artifacts)), right: [0] });
  writeCut(terminal, penalisedLayers.length - SHOWN_LAYERS, "layer");
}

function toCells({ rung, bytes, units, estimated, savingVersusChain, savingVersusLayer }: RungFigure): string[] {
  const savings = rung === "unshared" ? ["", ""] : [formatSaving(savingVersusChain), formatSaving(savingVersusLayer)];
  return [rung, ...toSize(bytes, estimated), formatCount(units), ...savings];
}

function toSize(bytes: number, estimated: boolean): string[] {
  const mark = estimated ? "~" : "";
  return [`${mark}${formatBytes(bytes)}`, `${mark}${formatCount(bytes)}`];
}

function toWireSize(bytes: number | null, estimated: boolean): string[] {
  return bytes === null ? ["not known", ""] : toSize(bytes, estimated);
}

/** A share saved, with its sign: a rung may need more than layers do. */
function formatSaving(saving: number): string {
  const percent = (-100 * saving).toFixed(1).replace("-", "−");
  if (percent === "0.0" || percent === "−0.0") return "0%";
  return `${saving < 0 ? "+" : ""}${percent}%`;
}

function toLayerCells(
  { extraBytes, copies, diffId, places }: PenalisedLayer,
  artifacts: readonly ArtifactLabel[],
): string[] {
  const names = [...new Set(places.map(({ artifact }) => artifacts[artifact]!.name))];
  return [
    `${formatBytes(extraBytes)} more`,
    `${copies} copies of layer ${shortDigest(diffId)}`,
    `in ${names.join(", ")}`,
  ];
}

/** What each artifact adds, on the coarsest rung and on the finest. */
function writeMarginal(terminal: Terminal, { artifacts, rungs }: SavingsAnswer): void {
  const shown = rungs.filter(({ rung }) => rung !== "unshared");
  const rows = artifacts.slice(0, SHOWN_ARTIFACTS).map(({ name }, i) => {
    return [name, ...shown.map(({ marginal }) => formatBytes(marginal[i]!))];
  });
  const head = ["added by each to the others", ...shown.map(({ rung }) => rung)];
  writeTable(terminal, { heading: "", cells: [head, ...rows], right: shown.map((_, i) => i + 1) });
  writeCut(terminal, artifacts.length - SHOWN_ARTIFACTS, "artifact");
}

function writeCut(terminal: Terminal, cut: number, noun: string): void {
  if (cut > 0) writeLine(terminal, `… ${formatCounted(cut, `more ${noun}`)}; --json has all`);
}
