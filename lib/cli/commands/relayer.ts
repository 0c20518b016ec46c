import { access, constants, readFile } from "node:fs/promises";
import { dirname } from "node:path";
import { type Command, InvalidArgumentError } from "commander";
import { closedGapWords, layerTotalsWords, RELAYER_GOAL_WORDS, updatesWords } from "#lib/display/relayer-words.ts";
import { toTable } from "#lib/exports/table.ts";
import {
  RELAYER_UPDATE_COLUMNS,
  RELAYERED_IMAGE_COLUMNS,
  RELAYERED_LAYER_COLUMNS,
} from "#lib/exports/tables/relayer.ts";
import { errorCode, unwritableWords } from "#lib/model/error-code.ts";
import { UnreachableError, UsageError } from "#lib/model/problem.ts";
import { MAX_LAYERS_OF_IMAGE, RELAYER_GOALS, type RelayerAnswer, type RelayerGoal } from "#lib/model/relayer-answer.ts";
import { formatPlan, parsePlan } from "#lib/moves/relayer/plan-file.ts";
import type { RelayerRequest } from "#lib/moves/relayer/relayer-request.ts";
import { runRelayer } from "#lib/moves/relayer/run-relayer.ts";
import { parseTarget } from "#lib/moves/sink/image-target.ts";
import { toPlatform } from "#lib/scan/new-request.ts";
import { spellSource } from "#lib/sources/parse-source.ts";
import { choiceOption, parseCount } from "../option-values.ts";
import type { JsonOption } from "../query-command.ts";
import { print, printProgress, type Terminal, writeJson, writeLine } from "../terminal.ts";
import { fromUser, userAccess, userEnvironment, type Workbench } from "../workbench.ts";
import { writeFileWhole } from "../write-file-whole.ts";
import { writeTable } from "../write-table.ts";

interface RelayerCommandOptions extends JsonOption {
  readonly maxLayers: number;
  readonly goal?: RelayerGoal;
  readonly previous?: string;
  readonly output?: string;
  readonly plan?: string;
  readonly mtime?: number;
  readonly platform?: string;
  readonly compression?: RelayerRequest["compression"];
}

/** The largest time that a tar's header has room for. */
const MAX_MTIME = 8 ** 11 - 1;
/** Rows of the text output. */
const SHOWN_LAYERS = 40;
const EXAMPLE = "relayer oci:images --max-layers 64 -o oci:relayered";

export function addRelayerCommand(program: Command, workbench: Workbench): void {
  program
    .command("relayer")
    .argument(
      "<image...>",
      "sources of images (scan --help lists the spellings); with --goal update the versions of one, the oldest first",
    )
    .description("cut images into layers by what they share, with the same trees, or so that updates pull little")
    .requiredOption("--max-layers <count>", "the most layers that an image may have", parseLayers)
    .addOption(
      choiceOption(
        "--goal <goal>",
        "few bytes of all together, or of updates (default: set; update of one image)",
        RELAYER_GOALS,
      ),
    )
    .option("--previous <plan>", "the plan of the version before, whose layers are kept where they can be")
    .option(
      "-o, --output <target>",
      "write the images: oci:DIR[:NAME], oci-archive:FILE[:NAME] or docker://HOST/REPO[:TAG]",
    )
    .option("--plan <file>", "write the plan here (default with -o: beside the layout or archive)")
    .option(
      "--mtime <seconds>",
      "give everything this time, so that files that differ in nothing else are shared",
      parseTime,
    )
    .option("--platform <os/arch[/variant]>", "which platform of an index (default: this machine's), or all")
    .addOption(choiceOption("--compression <format>", "of the layers (default: gzip)", ["gzip", "zstd"]))
    .option("--json", "one JSON document on standard output")
    .addHelpText("after", `\nExample:\n  stratigraph ${EXAMPLE}`)
    .action((sources: string[], options: RelayerCommandOptions) => relayer(workbench, sources, options));
}

function parseLayers(text: string): number {
  const count = parseCount(text);
  if (count > MAX_LAYERS_OF_IMAGE) throw new InvalidArgumentError(`engines can stack ${MAX_LAYERS_OF_IMAGE} layers`);
  return count;
}

function parseTime(text: string): number {
  const seconds = Number(text);
  if (!/^\d+$/.test(text) || seconds > MAX_MTIME) throw new InvalidArgumentError("expected seconds since 1970");
  return seconds;
}

async function relayer(
  workbench: Workbench,
  sources: readonly string[],
  options: RelayerCommandOptions,
): Promise<void> {
  const { terminal, signal } = workbench;
  const request = await toRequest(terminal, sources, options);
  const planFile = findPlanFile(options);
  const onStep = (step: string) => printProgress(terminal, step);
  if (planFile !== undefined) await refuseUnwritable(planFile);
  const { answer, plan } = await runRelayer(request, { signal, onStep }).finally(() => printProgress(terminal, ""));
  if (planFile !== undefined) await writePlan(planFile, formatPlan(plan), { output: answer.output, signal });
  const whole = planFile === undefined ? answer : { ...answer, plan: planFile };
  if (options.json) writeJson(terminal, { ...whole, output: answer.output ?? null });
  else printAnswer(terminal, whole);
}

/** Throws UsageError, InputError, UnreachableError. */
async function toRequest(
  terminal: Terminal,
  words: readonly string[],
  { previous, goal, maxLayers, mtime, output, platform, compression }: RelayerCommandOptions,
): Promise<RelayerRequest> {
  if (previous !== undefined && goal === "set") throw new UsageError("--previous is for updates: leave --goal set out");
  const sources = words.map((word) => {
    const source = spellSource(word, userEnvironment());
    if (source !== word) print(terminal, `${word}: read as ${source}`);
    return source;
  });
  return {
    sources,
    goal: previous === undefined ? goal : "update",
    previous:
      previous === undefined ? undefined : { plan: parsePlan(await readPlan(previous), previous), place: previous },
    ...{ maxLayers, mtime, output, compression },
    access: userAccess(),
    platform: toPlatform(platform),
  };
}

async function readPlan(shown: string): Promise<Uint8Array> {
  try {
    return await readFile(fromUser(shown));
  } catch (cause) {
    throw new UnreachableError(`${shown}: cannot be read (${errorCode(cause)})`, { cause });
  }
}

/** Throws UsageError. */
function findPlanFile({ plan, output }: RelayerCommandOptions): string | undefined {
  if (plan !== undefined || output === undefined) return plan;
  const target = parseTarget(output, userEnvironment());
  return target.kind === "registry" ? undefined : `${target.path}.plan.json`;
}

/** Before anything is read. Throws UnreachableError. */
async function refuseUnwritable(shown: string): Promise<void> {
  try {
    await access(dirname(fromUser(shown)), constants.W_OK);
  } catch (cause) {
    throw new UnreachableError(`${shown}: ${unwritableWords(cause)}`, { cause });
  }
}

/** Images that are written get their plan even after an interrupt. Throws UnreachableError. */
async function writePlan(
  shown: string,
  text: string,
  { output, signal }: { readonly output: string | undefined; readonly signal: AbortSignal },
): Promise<void> {
  if (output === undefined) return writeFileWhole(shown, [text], signal);
  try {
    await writeFileWhole(shown, [text], new AbortController().signal);
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new UnreachableError(`the images are written to ${output}, their plan is not: ${message}`, { cause });
  }
}

function printAnswer(terminal: Terminal, answer: RelayerAnswer): void {
  const { goal, before, after, pull, images, cut, updates = [], output, plan } = answer;
  writeLine(terminal, `${RELAYER_GOAL_WORDS[goal]}: ${layerTotalsWords(before)} → ${layerTotalsWords(after)}`);
  const gap = closedGapWords(answer);
  if (goal === "set" && gap !== "") writeLine(terminal, gap);
  if (pull !== undefined)
    writeLine(terminal, `a host with the images of the previous plan pulls ${layerTotalsWords(pull)}`);
  if (updates.length > 0) {
    writeLine(terminal, updatesWords(updates));
    writeTable(terminal, toTable("Updates", Object.values(RELAYER_UPDATE_COLUMNS), updates));
  }
  const { name, layersBefore, layers, written } = RELAYERED_IMAGE_COLUMNS;
  writeTable(
    terminal,
    toTable("Images", [name, layersBefore, layers, ...(output === undefined ? [] : [written])], images),
  );
  const { bytes, imageCount, isKept, name: what } = RELAYERED_LAYER_COLUMNS;
  const largest = [...cut].sort((a, b) => b.bytes - a.bytes);
  const columns = [bytes, imageCount, ...(pull === undefined ? [] : [isKept]), what];
  writeTable(terminal, toTable("Layers, the largest first", columns, largest), SHOWN_LAYERS);
  writeLine(terminal, "");
  writeLine(
    terminal,
    output === undefined ? "nothing is written; -o oci:DIR writes the images" : `written to ${output}`,
  );
  if (plan !== undefined) writeLine(terminal, `the plan for the next version: ${plan}`);
}
