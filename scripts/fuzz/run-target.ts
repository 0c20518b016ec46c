import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { gatherInputs, keptInputs, spreadInputs } from "./corpus.ts";
import type { FuzzTarget } from "./fuzz-target.ts";
import type { WorkerReport } from "./worker-report.ts";

/** Resident memory of a worker: the limit that applies to every input, with the engine in the same process. */
const MAX_RESIDENT_MIB = 512;
const MAX_HEAP_MIB = 224;
/** Lines of the engine's log that explain why a process ended. */
const TOLD_LINES = 30;

export interface RunOptions {
  readonly runs: number;
  readonly seed: number;
  /** A folder for the run's inputs and findings. */
  readonly folder: string;
  /** A target of `planted.ts`. */
  readonly planted?: boolean;
  /** Without coverage: random mutation only. */
  readonly blind?: boolean;
}

/** The result of a run of one target. */
export interface TargetRun extends Omit<WorkerReport, "failure"> {
  readonly name: string;
  readonly seconds: number;
  /** Edges of the product's code that were reached, and the final number of inputs in the engine's corpus. */
  readonly edges: number;
  readonly corpusInputs: number;
  readonly failure?: string;
  /** The input that failed; none for growth, which no single input causes. */
  readonly failing?: Uint8Array;
}

/** Fuzzes one target in its own process. */
export async function runTarget(target: FuzzTarget, options: RunOptions): Promise<TargetRun> {
  const { runs, seed, folder } = options;
  prepareFolder(target, folder);
  const flags = [
    `-runs=${runs}`,
    `-seed=${seed}`,
    `-max_len=${target.maxLength}`,
    `-rss_limit_mb=${MAX_RESIDENT_MIB}`,
    `-artifact_prefix=${join(folder, "failing")}/`,
    `-dict=${join(folder, "dictionary")}`,
  ];
  const started = performance.now();
  const words = ["--runs", `${runs}`, ...(options.blind ? ["--blind"] : [])];
  const { status, output, log } = await runWorker(target, options, {
    words,
    flags: [...flags, join(folder, "found"), join(folder, "kept")],
  });
  const seconds = (performance.now() - started) / 1000;
  const report = readReport(output) ?? diedWith(status, log);
  return {
    name: target.name,
    seconds,
    ...report,
    ...readProgress(log),
    failing: gatherInputs(join(folder, "failing"))[0],
  };
}

/** Adds a run's findings to the target's corpus, and drops inputs that no longer reach anything new. */
export async function keepFound(target: FuzzTarget, options: RunOptions): Promise<void> {
  const { status, log } = await runWorker(target, options, { words: ["--choose"], flags: [] });
  if (status !== 0) throw new Error(`the corpus of ${target.name} was not written:\n${log}`);
}

function prepareFolder(target: FuzzTarget, folder: string): void {
  spreadInputs(keptInputs(target), join(folder, "kept"));
  mkdirSync(join(folder, "found"));
  mkdirSync(join(folder, "failing"));
  const entries = (target.dictionary ?? []).map(
    (word) => `"${Buffer.from(word).toString("hex").replace(/../g, "\\x$&")}"`,
  );
  writeFileSync(join(folder, "dictionary"), entries.map((entry) => `${entry}\n`).join(""));
}

async function runWorker(
  target: FuzzTarget,
  { folder, planted }: RunOptions,
  { words, flags }: { words: readonly string[]; flags: readonly string[] },
): Promise<{ status: number | null; output: string; log: string }> {
  const child = spawn(
    process.execPath,
    [
      // The engine's loader and the one that strips types use interfaces that Node still calls experimental.
      "--disable-warning=ExperimentalWarning",
      "--expose-gc",
      // Without it the heap of a machine with much memory grows freely before anything is collected.
      `--max-old-space-size=${MAX_HEAP_MIB}`,
      join(import.meta.dirname, "worker.ts"),
      ...["--target", target.name, "--folder", folder, ...words],
      ...(planted ? ["--planted"] : []),
      ...(target.isAsync ? ["--async"] : []),
      ...["--", ...flags],
    ],
    { stdio: ["ignore", "pipe", "pipe"] },
  );
  const [output, log, [status]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "close")]);
  return { status, output, log };
}

function readReport(output: string): WorkerReport | undefined {
  const line = output.trimEnd().split("\n").at(-1) ?? "";
  return line.startsWith("{") ? JSON.parse(line) : undefined;
}

/** The engine ends the process itself if an input hangs or memory runs out. */
function diedWith(status: number | null, log: string): WorkerReport {
  const told = log.trimEnd().split("\n").slice(-TOLD_LINES).join("\n");
  const executions = Number([...log.matchAll(/^#(\d+)\s/gm)].at(-1)?.[1] ?? 0);
  return { executions, slowestMs: 0, growthBytes: 0, peakBytes: 0, failure: `ended with status ${status}\n${told}` };
}

function readProgress(log: string): Pick<TargetRun, "edges" | "corpusInputs"> {
  const last = [...log.matchAll(/cov: (\d+) ft: \d+ corp: (\d+)/g)].at(-1);
  return { edges: Number(last?.[1] ?? 0), corpusInputs: Number(last?.[2] ?? 0) };
}
