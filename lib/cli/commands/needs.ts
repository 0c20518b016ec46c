import type { Command } from "commander";
import { answerNeeds } from "#lib/answers/needs.ts";
import { formatCounted, formatSize } from "#lib/display/bytes.ts";
import { NEED_WORDS } from "#lib/display/need-words.ts";
import { toTable } from "#lib/exports/table.ts";
import { UNASKED_COLUMNS, UNDECLARED_COLUMNS, UNMET_COLUMNS, UNUSED_COLUMNS } from "#lib/exports/tables/needs.ts";
import { toArtifactId } from "#lib/model/artifact-id.ts";
import type { NeedsAnswer } from "#lib/model/needs-answer.ts";
import { findOneArtifact, IMAGE } from "../artifact-set.ts";
import { addQuery } from "../query-command.ts";
import { type Terminal, writeLine } from "../terminal.ts";
import type { Workbench } from "../workbench.ts";
import { writeTable } from "../write-table.ts";

export function addNeedsCommand(program: Command, workbench: Workbench): void {
  const command = program
    .command("needs")
    .argument("<artifact>", IMAGE)
    .description("needs that nothing meets, links that are not declared and the reverse, and what nothing asked for");
  addQuery(command, workbench, "needs nginx:1.27 --json | jq .unmet", async ({ pool }, name: string) => {
    const { id, digest } = await findOneArtifact(pool, name);
    const answer = await answerNeeds(pool, id);
    return {
      json: () => ({ artifact: toArtifactId(digest), ...answer }),
      print: () => printText(workbench.terminal, answer),
    };
  });
}

function printText(terminal: Terminal, answer: NeedsAnswer): void {
  const { unmet, undeclared, unused, unasked, unaskedSize, rootCount, isObserved } = answer;
  const { component, kind } = UNMET_COLUMNS;
  const { need, path } = UNMET_COLUMNS;
  writeTable(terminal, toTable(NEED_WORDS.unmet.title, [component, need, path], unmet));
  const { other, detail, through } = UNDECLARED_COLUMNS;
  writeTable(terminal, toTable(NEED_WORDS.undeclared.title, [component, other, detail, through], undeclared));
  const { other: declared, libraries, programs, detail: statement } = UNUSED_COLUMNS;
  writeTable(terminal, toTable(NEED_WORDS.unused.title, [component, declared, statement, libraries, programs], unused));
  const { selfSize, retainedSize } = UNASKED_COLUMNS;
  writeTable(terminal, toTable(NEED_WORDS.unasked.title, [retainedSize, selfSize, kind, component], unasked));
  if (rootCount === 0)
    writeLine(terminal, "no component is known to be asked for, so nothing can be said of the others");
  else
    writeLine(
      terminal,
      `${formatCounted(unasked.length, "component")} that nothing asked for, ${formatSize(unaskedSize)}`,
    );
  if (!isObserved)
    writeLine(terminal, "no file was seen to use another component's: declarations could not be compared");
}
