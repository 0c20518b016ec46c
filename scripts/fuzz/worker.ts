import { join } from "node:path";
import { parseArgs } from "node:util";
import { chooseInputs } from "./choose-inputs.ts";
import { gatherInputs, MAX_CORPUS_BYTES, toLine, writeCorpus } from "./corpus.ts";
import { Engine } from "./engine.ts";
import type { FuzzTarget } from "./fuzz-target.ts";
import { ExecutionWatch, findGrowth } from "./watch-executions.ts";
import type { WorkerReport } from "./worker-report.ts";

/** The process in which one target is fuzzed. Its last line on standard output is a `WorkerReport`. */
const { values } = parseArgs({
  options: {
    target: { type: "string", default: "" },
    runs: { type: "string", default: "0" },
    folder: { type: "string", default: "" },
    async: { type: "boolean", default: false },
    planted: { type: "boolean", default: false },
    blind: { type: "boolean", default: false },
    choose: { type: "boolean", default: false },
  },
  allowPositionals: true,
});
const STACK_FRAMES = 20;
const { folder } = values;
const runs = Number(values.runs);
const separator = process.argv.indexOf("--");
const flags = separator < 0 ? [] : process.argv.slice(separator + 1);

const engine = await Engine.start({ flags, sync: !values.async, instrumented: !values.blind });
const target = await loadTarget();
if (values.choose) await keepChosen();
else report(await fuzz());

async function loadTarget(): Promise<FuzzTarget> {
  const { TARGETS } = values.planted ? await import("./planted.ts") : await import("./targets.ts");
  const found = TARGETS.find(({ name }: FuzzTarget) => name === values.target);
  if (found === undefined) throw new Error(`there is no target ${values.target}`);
  return found;
}

async function fuzz(): Promise<WorkerReport> {
  const watch = new ExecutionWatch(target, runs);
  // Half of all inputs are refused, and an unused stack takes longer to make than the refusal.
  Error.stackTraceLimit = 0;
  const error = await engine.fuzz(target.isAsync === true ? watch.runAsync : watch.run);
  const peakBytes = process.resourceUsage().maxRSS * 1024;
  const figures = watch.figures();
  return { ...figures, failure: error === undefined ? findGrowth(figures) : await traceFailure(error), peakBytes };
}

/** The failure with its stack, from running its input once more. */
async function traceFailure(error: Error): Promise<string> {
  Error.stackTraceLimit = STACK_FRAMES;
  try {
    for (const input of gatherInputs(join(folder, "failing"))) await target.check(input);
  } catch (again) {
    if (again instanceof Error && again.message === error.message) return again.stack ?? again.message;
  }
  return error.stack ?? error.message;
}

/** Writes the target's corpus again, from everything kept and everything the engine found. */
async function keepChosen(): Promise<void> {
  const inputs = [...gatherInputs(join(folder, "kept")), ...gatherInputs(join(folder, "found"))];
  let left = MAX_CORPUS_BYTES;
  const takeRoom = (input: Uint8Array): boolean => {
    const bytes = toLine(input).length + 1;
    if (bytes > left) return false;
    left -= bytes;
    return true;
  };
  const chosen = await chooseInputs(target, { inputs, counters: engine.counters(), takeRoom });
  writeCorpus(target.name, chosen.map(toLine));
}

function report(result: WorkerReport): void {
  process.stdout.write(`${JSON.stringify(result)}\n`);
}
