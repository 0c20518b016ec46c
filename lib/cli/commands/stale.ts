import type { Command } from "commander";
import { freedBytesWords, NOT_STALE_WORDS } from "#lib/display/lineage-words.ts";
import { relativeTime } from "#lib/display/relative-time.ts";
import { toTable } from "#lib/exports/table.ts";
import { MOVED_BASE_COLUMNS, STALE_COLUMNS } from "#lib/exports/tables/lineage.ts";
import type { StaleAnswer, StaleImage } from "#lib/model/lineage.ts";
import { answerStale } from "#lib/moves/lineage/answer-stale.ts";
import { addQuery } from "../query-command.ts";
import { type Terminal, writeLine } from "../terminal.ts";
import type { Workbench } from "../workbench.ts";
import { writeTable } from "../write-table.ts";

export function addStaleCommand(program: Command, workbench: Workbench): void {
  const command = program
    .command("stale")
    .description("images on an older snapshot of their base, in the order in which they can be built again");
  addQuery(command, workbench, "stale --json", async ({ pool }) => {
    const answer = await answerStale(pool);
    return { json: () => answer, print: () => printText(workbench.terminal, answer) };
  });
}

function printText(terminal: Terminal, answer: StaleAnswer): void {
  if (answer.images.length === 0) {
    writeLine(terminal, NOT_STALE_WORDS);
    return;
  }
  printBases(terminal, answer);
  const { wave, name, storeBytes, pullBytes, newer } = STALE_COLUMNS;
  const nameOf = new Map(answer.bases.map((base) => [base.newer, base.newerName]));
  const named = { ...newer, shown: (image: StaleImage) => nameOf.get(image.newer ?? "") ?? "its base, built before" };
  writeTable(terminal, toTable("Rebuild plan", [wave, name, named, storeBytes, pullBytes], answer.images));
  writeLine(terminal, "");
  writeLine(terminal, `Then removing the older bases with all images on them ${freedBytesWords(answer.freed)}.`);
}

function printBases(terminal: Terminal, { bases }: StaleAnswer): void {
  const { name, id, newer, since, added, removed, changed, delta, staleCount } = MOVED_BASE_COLUMNS;
  const age = {
    ...since,
    shown: ({ since: at }: StaleAnswer["bases"][number]) => (at === null ? null : relativeTime(at, Date.now())),
  };
  writeTable(
    terminal,
    toTable("Bases with a newer snapshot", [name, id, newer, age, changed, added, removed, delta, staleCount], bases),
  );
}
