import type { Command } from "commander";
import { freedBytesWords, lineageName } from "#lib/display/lineage-words.ts";
import { toTable } from "#lib/exports/table.ts";
import { LINEAGE_COLUMNS, PLAN_COLUMNS } from "#lib/exports/tables/lineage.ts";
import type { FamilyAnswer, LineageAnswer, LineageImage } from "#lib/model/lineage.ts";
import { answerFamily, answerLineage } from "#lib/moves/lineage/answer-lineage.ts";
import { findOneArtifact, IMAGE } from "../artifact-set.ts";
import { addQuery } from "../query-command.ts";
import { print, type Terminal, writeLine } from "../terminal.ts";
import type { Workbench } from "../workbench.ts";
import { writeTable } from "../write-table.ts";

export function addLineageCommand(program: Command, workbench: Workbench): void {
  const { terminal } = workbench;
  const command = program
    .command("lineage")
    .argument("[artifact]", IMAGE)
    .description("which image is built on which, and how that is known; of one image, all below and above it");
  addQuery(command, workbench, "lineage debian:13", async ({ pool }, name: string | undefined) => {
    if (name === undefined) {
      const answer = await answerLineage(pool);
      return { json: () => toJson(answer), print: () => printAll(terminal, answer) };
    }
    const { id } = await findOneArtifact(pool, name);
    const answer = await answerFamily(pool, id);
    return { json: () => ({ ...answer, ...toJson(answer) }), print: () => printFamily(terminal, answer) };
  });
}

function toJson({ images }: LineageAnswer) {
  return { images: images.map(({ upper: _, ...image }) => image) };
}

function printAll(terminal: Terminal, { images }: LineageAnswer): void {
  if (images.length === 0) print(terminal, "no image is scanned yet");
  printImages(terminal, "", images);
}

function printImages(terminal: Terminal, title: string, images: readonly LineageImage[]): void {
  const nameOf = new Map(images.map((image) => [image.id, lineageName(image)]));
  const { name, base, evidence, sharedBytes, storeBytes, imageCount, stale } = LINEAGE_COLUMNS;
  const named = { ...base, shown: (image: LineageImage) => nameOf.get(image.base ?? "") ?? image.base };
  writeTable(terminal, toTable(title, [name, named, evidence, sharedBytes, storeBytes, imageCount, stale], images));
}

function printFamily(terminal: Terminal, { image, images, plan, freed, freedWithAll }: FamilyAnswer): void {
  printImages(terminal, "", images);
  const { wave, name, storeBytes, pullBytes } = PLAN_COLUMNS;
  writeTable(terminal, toTable(`Built again if it moves`, [wave, name, storeBytes, pullBytes], plan));
  writeLine(terminal, "");
  writeLine(terminal, `Removing it alone ${freedBytesWords(freed)}.`);
  if (image.imageCount > 0) writeLine(terminal, `Removing it with all images on it ${freedBytesWords(freedWithAll)}.`);
}
