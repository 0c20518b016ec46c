import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { toLine } from "./corpus.ts";
import type { FuzzTarget } from "./fuzz-target.ts";
import { keepFound, runTarget, type TargetRun } from "./run-target.ts";
import { selfTest } from "./self-test.ts";
import { TARGETS } from "./targets.ts";

/**
 * `npm run fuzz [-- TARGET… --runs N --seed N --keep --self-test]`: coverage-guided fuzzing of every parser, one after
 * another, each in its own process (docs/fuzzing.md). `--keep` adds what was found to the corpus.
 */
const DEFAULT_RUNS = 1_000_000;
const KIB = 1024;
const INTERRUPTED = 130;

const { values, positionals } = parseArgs({
  options: {
    runs: { type: "string", default: `${DEFAULT_RUNS}` },
    seed: { type: "string", default: "1" },
    keep: { type: "boolean", default: false },
    "self-test": { type: "boolean", default: false },
  },
  allowPositionals: true,
});
const root = mkdtempSync(join(tmpdir(), "stratigraph-fuzz-"));
process.once("SIGINT", () => {
  rmSync(root, { recursive: true, force: true });
  process.exit(INTERRUPTED);
});
try {
  const failed = values["self-test"] ? await testItself() : await fuzzAll(chooseTargets(positionals));
  process.exitCode = failed === 0 ? 0 : 1;
} finally {
  rmSync(root, { recursive: true });
}

async function testItself(): Promise<number> {
  const outcomes = await selfTest(root);
  for (const { name, wanted, found } of outcomes) console.log(`${name.padEnd(16)}${found === wanted ? "ok" : found}`);
  return outcomes.filter(({ wanted, found }) => found !== wanted).length;
}

async function fuzzAll(targets: readonly FuzzTarget[]): Promise<number> {
  let failed = 0;
  console.log(formatRow(["target", "runs", "seconds", "edges", "corpus", "slowest", "growth", "peak", "result"]));
  for (const target of targets) {
    const options = { runs: Number(values.runs), seed: Number(values.seed), folder: join(root, target.name) };
    mkdirSync(options.folder);
    const run = await runTarget(target, options);
    console.log(formatRun(run));
    if (run.failure !== undefined) {
      failed += 1;
      tellFailure(run);
    } else if (values.keep) await keepFound(target, options);
    rmSync(options.folder, { recursive: true });
  }
  console.log(
    failed === 0 ? `${targets.length} targets, nothing found` : `${failed} of ${targets.length} targets failed`,
  );
  return failed;
}

/** The named targets, or all. */
function chooseTargets(names: readonly string[]): readonly FuzzTarget[] {
  const unknown = names.filter((name) => !TARGETS.some((target) => target.name === name));
  if (unknown.length > 0)
    throw new Error(`no target ${unknown.join(", ")}; there are ${TARGETS.map(({ name }) => name).join(", ")}`);
  return names.length === 0 ? TARGETS : TARGETS.filter(({ name }) => names.includes(name));
}

function tellFailure({ name, failure, failing }: TargetRun): void {
  console.log(failure);
  if (failing === undefined) return;
  console.log(`the input, as a line of scripts/fuzz/corpus/${name}.found.txt:\n${toLine(failing)}`);
}

function formatRun(run: TargetRun): string {
  return formatRow([
    run.name,
    `${run.executions}`,
    run.seconds.toFixed(0),
    `${run.edges}`,
    `${run.corpusInputs}`,
    `${run.slowestMs.toFixed(0)} ms`,
    `${Math.round(run.growthBytes / KIB)} KiB`,
    `${Math.round(run.peakBytes / KIB ** 2)} MiB`,
    run.failure === undefined ? "ok" : "FAILED",
  ]);
}

function formatRow([name = "", ...figures]: readonly string[]): string {
  return [name.padEnd(22), ...figures.map((figure) => figure.padStart(10))].join("");
}
