import type { Command } from "commander";
import { formatBytes } from "#lib/display/bytes.ts";
import { countFindings, hasPassed, verdictSentence } from "#lib/display/rebase-words.ts";
import { toTable } from "#lib/exports/table.ts";
import {
  FINDING_COLUMNS,
  listFindings,
  PART_COLUMNS,
  REBASED_LAYER_COLUMNS,
  REBUILD_COLUMNS,
} from "#lib/exports/tables/rebase.ts";
import { parsePlatform } from "#lib/formats/oci/index.ts";
import type { FindingWeight, RebaseAnswer, RebaseReport } from "#lib/model/rebase-answer.ts";
import { shellWord } from "#lib/model/shell-word.ts";
import type { RebaseRequest } from "#lib/moves/rebase/rebase-request.ts";
import { runRebase } from "#lib/moves/rebase/run-rebase.ts";
import { spellSource } from "#lib/sources/parse-source.ts";
import { ExitStatus } from "../exit-status.ts";
import { choiceOption } from "../option-values.ts";
import type { JsonOption } from "../query-command.ts";
import { print, printProgress, type Terminal, writeJson, writeLine } from "../terminal.ts";
import { userAccess, userEnvironment, type Workbench } from "../workbench.ts";
import { writeTable } from "../write-table.ts";

interface RebaseOptions extends JsonOption {
  readonly from: string;
  readonly to: string;
  readonly against?: string;
  readonly output?: string;
  readonly platform?: string;
  readonly compression?: RebaseRequest["compression"];
  readonly force?: boolean;
}

/** Rows of findings of one weight in the text output. */
const SHOWN_FINDINGS = 40;
const EXAMPLE = "rebase oci:images:o-nginx --from oci:images:deb13o --to oci:images:deb13 -o oci:rebased";

export function addRebaseCommand(program: Command, workbench: Workbench): void {
  program
    .command("rebase")
    .argument("<image>", "the source of an image (scan --help lists the spellings)")
    .description("judge whether the layers of an image can move to another base, and move them")
    .requiredOption("--from <source>", "the base that it was built on")
    .requiredOption("--to <source>", "the base to move to")
    .option("--against <source>", "compare the result with an image that was built on the new base")
    .option(
      "-o, --output <target>",
      "write the image: oci:DIR[:NAME], oci-archive:FILE[:NAME] or docker://HOST/REPO:TAG",
    )
    .option("--platform <os/arch[/variant]>", "which platform of an index (default: all)")
    .addOption(choiceOption("--compression <format>", "of the merge layer (default: gzip)", ["gzip", "zstd"]))
    .option("--force", "write it even if it should be built again")
    .option("--json", "one JSON document on standard output")
    .addHelpText("after", `\nExample:\n  stratigraph ${EXAMPLE}`)
    .action((image: string, options: RebaseOptions) => rebase(workbench, image, options));
}

async function rebase(workbench: Workbench, image: string, options: RebaseOptions): Promise<void> {
  const { terminal, signal } = workbench;
  const request = toRequest(terminal, image, options);
  const onEvent: NonNullable<Parameters<typeof runRebase>[1]["onEvent"]> = (event) =>
    printProgress(terminal, event.type === "reading" ? `${event.platform}: reading layers` : `writing ${event.output}`);
  const report = await runRebase(request, { signal, onEvent }).finally(() => printProgress(terminal, ""));
  if (report.verdict === "rebuild" && report.output === undefined) workbench.status = ExitStatus.refused;
  if (options.json) writeJson(terminal, toDocument(report));
  else printReport(terminal, request, report);
}

/** Throws UsageError. */
function toRequest(terminal: Terminal, image: string, options: RebaseOptions): RebaseRequest {
  const { from, to, against, output, platform, compression, force } = options;
  const spell = (word: string) => {
    const source = spellSource(word, userEnvironment());
    if (source !== word) print(terminal, `${word}: read as ${source}`);
    return source;
  };
  return {
    image: spell(image),
    from: spell(from),
    to: spell(to),
    against: against === undefined ? undefined : spell(against),
    output,
    compression,
    force,
    access: userAccess(),
    platform: platform === undefined ? "all" : parsePlatform(platform),
  };
}

/** The worst verdict, the findings and bytes of all platforms; then each platform's answer as it is. */
function toDocument({ verdict, platforms, output }: RebaseReport) {
  const findings = platforms.flatMap((answer) =>
    listFindings(answer).map((finding) => ({ ...finding, layer: finding.layer ?? null, platform: answer.platform })),
  );
  const pullBytes = platforms.reduce((sum, answer) => sum + answer.pullBytes, 0);
  return { verdict, findings, pullBytes, output: output ?? null, platforms };
}

function printReport(terminal: Terminal, request: RebaseRequest, { verdict, platforms, output }: RebaseReport): void {
  writeLine(terminal, `${verdict}: ${verdictSentence(verdict)}`);
  for (const answer of platforms) printAnswer(terminal, answer);
  writeLine(terminal, "");
  if (output !== undefined) writeLine(terminal, `written to ${output}`);
  else if (verdict !== "rebuild") writeLine(terminal, `nothing is written; to write it: ${toCommand(request)}`);
  else if (request.output !== undefined)
    writeLine(terminal, `nothing is written to ${request.output}; --force writes it all the same`);
}

function toCommand({ image, from, to }: RebaseRequest): string {
  return `stratigraph rebase ${[image, "--from", from, "--to", to, "-o", "oci:DIR"].map(shellWord).join(" ")}`;
}

function printAnswer(terminal: Terminal, answer: RebaseAnswer): void {
  const { image, from, to, platform, layers, parts } = answer;
  writeLine(
    terminal,
    `${image.name} from ${from.name} to ${to.name}, ${platform || "no platform"}: ${countFindings(answer)}`,
  );
  printFindings(terminal, answer, "blocks", "What blocks");
  printFindings(terminal, answer, "merges", "What is merged");
  printFindings(terminal, answer, "note", "To know");
  const { check, kind, path, evidence } = FINDING_COLUMNS;
  const before = listFindings(answer, "before");
  writeTable(terminal, toTable("Already so on the old base", [check, kind, path, evidence], before), SHOWN_FINDINGS);
  const { check: name, scope } = PART_COLUMNS;
  writeTable(terminal, toTable("Passed", [name, scope], parts.filter(hasPassed)));
  if (layers.length === 0) return;
  writeTable(terminal, toTable("Layers, the lowest first", Object.values(REBASED_LAYER_COLUMNS), layers));
  writeLine(terminal, `a host with ${image.name} alone pulls ${formatBytes(answer.pullBytes)}`);
  printComparison(terminal, answer);
}

function printFindings(terminal: Terminal, answer: RebaseAnswer, weight: FindingWeight, title: string): void {
  const { kind, path, layer, evidence, message } = FINDING_COLUMNS;
  const findings = listFindings(answer).filter((finding) => finding.weight === weight);
  const columns = weight === "note" ? [kind, path, evidence] : [kind, path, layer, evidence, message];
  writeTable(terminal, toTable(title, columns, findings), SHOWN_FINDINGS);
}

function printComparison(terminal: Terminal, { against }: RebaseAnswer): void {
  if (against === undefined) return;
  for (const line of ["", `Beside ${against.rebuilt.name}`]) writeLine(terminal, line);
  for (const { part, equalCount, differences } of against.parts)
    writeLine(terminal, `${part}: ${equalCount} equal, ${differences.length} differences`);
  const columns = Object.values(REBUILD_COLUMNS);
  const listed = against.parts.flatMap(({ differences }) => differences);
  writeTable(terminal, toTable("Differences", columns, listed), SHOWN_FINDINGS);
}
