import type { Command } from "commander";
import { answerAdvice } from "#lib/answers/advise.ts";
import { adviceHow, adviceTitle, adviceWhat, keepWords } from "#lib/display/advice-words.ts";
import { formatCounted, formatSize } from "#lib/display/bytes.ts";
import { toTable } from "#lib/exports/table.ts";
import { ADVICE_COLUMNS } from "#lib/exports/tables/advice.ts";
import type { AdviceAnswer } from "#lib/model/advice.ts";
import { ARTIFACTS, findArtifactSet } from "../artifact-set.ts";
import { collect } from "../option-values.ts";
import { addQuery } from "../query-command.ts";
import { type Terminal, writeLine } from "../terminal.ts";
import type { Workbench } from "../workbench.ts";
import { writeTable } from "../write-table.ts";

export function addAdviseCommand(program: Command, workbench: Workbench): void {
  const command = program
    .command("advise")
    .argument("<artifact...>", ARTIFACTS)
    .description("what could be removed, with the bytes that it frees and how")
    .option("--keep <node>", "what has to run: also lists what it does not need (repeatable)", collect);
  addQuery(
    command,
    workbench,
    "advise nginx:1.27 --keep nginx",
    async ({ pool }, names: string[], options: Options) => {
      const artifacts = await findArtifactSet(pool, workbench.terminal, names);
      const answer = await answerAdvice(pool, artifacts, options);
      return { json: () => toJson(answer), print: () => printText(workbench.terminal, answer) };
    },
  );
}

interface Options {
  readonly keep?: readonly string[];
}

function toJson(answer: AdviceAnswer) {
  const { artifacts, items, total, checked, keep } = answer;
  const rows = items.map((item) => {
    const { text, command = null } = adviceHow(item.class, answer);
    const layer = item.layers[0]?.layer ?? null;
    const { adds: _, ...exact } = item;
    return { ...exact, what: adviceWhat(item), how: text, command, layer };
  });
  return { artifacts, items: rows, total: { bytes: total.bytes, of: total.of }, checked, keep };
}

function printText(terminal: Terminal, answer: AdviceAnswer): void {
  const { items, total, checked, keep } = answer;
  if (keep !== null) {
    writeLine(terminal, keepWords(keep));
    writeLine(terminal, "");
  }
  if (items.length === 0) {
    writeLine(terminal, `Nothing to remove. ${formatCounted(checked.length, "class", "classes")} checked.`);
    return;
  }
  const { title, bytes, ownBytes, count, layer } = ADVICE_COLUMNS;
  writeTable(terminal, toTable("", [bytes, ownBytes, count, layer, title], items));
  writeLine(terminal, "");
  writeLine(terminal, `${formatSize(total.bytes)} of ${formatSize(total.of)} in all, each byte counted once`);
  for (const item of items) printHow(terminal, answer, item);
}

function printHow(terminal: Terminal, answer: AdviceAnswer, item: AdviceAnswer["items"][number]): void {
  const { text, command } = adviceHow(item.class, answer);
  writeLine(terminal, "");
  writeLine(terminal, `${adviceTitle(item.class)}: ${text}`);
  for (const line of command?.split("\n") ?? []) writeLine(terminal, `  ${line}`);
}
