import type { Command } from "commander";
import { answerCheck } from "#lib/answers/check/check.ts";
import { formatCount, formatCounted } from "#lib/display/bytes.ts";
import { listCheckNotes, toCheckTable } from "#lib/exports/tables/check.ts";
import type { CheckAnswer } from "#lib/model/check-answer.ts";
import { ARTIFACTS, findArtifactSet, findOneArtifact } from "../artifact-set.ts";
import { ExitStatus } from "../exit-status.ts";
import { addQuery, type JsonOption } from "../query-command.ts";
import { readGates } from "../read-gates.ts";
import { type Terminal, writeLine } from "../terminal.ts";
import type { Workbench } from "../workbench.ts";
import { writeTable } from "../write-table.ts";

/** Forbidden components, and rules whose values are not known, listed in the text output. */
const SHOWN_NOTES = 30;

interface CheckOptions extends JsonOption {
  readonly config?: string;
  readonly base?: string;
}

export function addCheckCommand(program: Command, workbench: Workbench): void {
  const command = program
    .command("check")
    .argument("<artifact...>", ARTIFACTS)
    .description(
      "the limits of a .dive-ci or .stratigraph-ci, for one artifact or a set; exit status 1 if one is exceeded",
    )
    .option("--config <file>", "the limits (default: .stratigraph-ci or .dive-ci in the current directory)")
    .option("--base <artifact>", "what maxAdded compares with, instead of the base in the file");
  addQuery(
    command,
    workbench,
    "check shop/app:1.0 --config .dive-ci",
    async ({ pool }, names: string[], options: CheckOptions) => {
      const gates = await readGates(options.config);
      const parts = await findArtifactSet(pool, workbench.terminal, names);
      const baseName = gates.maxAdded && (options.base ?? gates.maxAdded.base);
      const base = baseName === undefined ? undefined : await findOneArtifact(pool, baseName);
      const answer = await answerCheck(pool, { parts, gates, base });
      if (!answer.passed) workbench.status = ExitStatus.refused;
      return { json: () => toJson(answer), print: () => printText(workbench.terminal, answer) };
    },
  );
}

function toJson({ artifacts, passed, rules, dive }: CheckAnswer) {
  const idOf = (artifact: number | null) => (artifact === null ? null : artifacts[artifact]!.id);
  return {
    artifacts: artifacts.map(({ id }) => id),
    passed,
    rules: rules.map((rule) => ({ ...rule, artifact: idOf(rule.artifact) })),
    dive: dive.map((figures) => ({ ...figures, artifact: idOf(figures.artifact) })),
  };
}

function printText(terminal: Terminal, answer: CheckAnswer): void {
  writeTable(terminal, toCheckTable(answer));
  const notes = listCheckNotes(answer);
  if (answer.rules.length > 0) writeLine(terminal, "");
  for (const note of notes.slice(0, SHOWN_NOTES)) writeLine(terminal, note);
  if (notes.length > SHOWN_NOTES)
    writeLine(terminal, `… ${formatCount(notes.length - SHOWN_NOTES)} more; --json has all`);
  writeLine(terminal, toVerdict(answer));
}

function toVerdict({ rules }: CheckAnswer): string {
  const failed = rules.filter(({ passed }) => !passed).length;
  if (rules.length === 0) return "passed: all rules are disabled";
  return failed === 0
    ? `passed: ${formatCounted(rules.length, "rule")}`
    : `failed: ${formatCount(failed)} of ${formatCounted(rules.length, "rule")}`;
}
