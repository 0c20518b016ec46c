import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { FuzzTarget } from "./fuzz-target.ts";
import { TARGETS } from "./planted.ts";
import { type RunOptions, runTarget, type TargetRun } from "./run-target.ts";

/** The expected result of a planted fault. */
interface Trial {
  readonly name: string;
  readonly target: string;
  readonly runs: number;
  readonly blind?: boolean;
  /** Words of the failure; `undefined` if nothing should be found. */
  readonly wanted: string | undefined;
}

/** Enough for a fuzzer with coverage, whatever its seed; random mutation would need 2^48. */
const CRASH_RUNS = 1_000_000;
const FEW_RUNS = 40_000;

const TRIALS: readonly Trial[] = [
  { name: "crash", target: "crash", runs: CRASH_RUNS, wanted: "planted" },
  { name: "crash, blind", target: "crash", runs: CRASH_RUNS, blind: true, wanted: undefined },
  { name: "slow", target: "slow", runs: FEW_RUNS, wanted: "an input of" },
  { name: "growth", target: "growth", runs: FEW_RUNS, wanted: "memory grew by" },
  { name: "hang", target: "hang", runs: FEW_RUNS, wanted: "libFuzzer: timeout" },
  { name: "sound", target: "sound", runs: FEW_RUNS, wanted: undefined },
];

/** One trial and its result; `found` equals `wanted` if the trial passed. */
export interface TrialOutcome {
  readonly name: string;
  readonly wanted: string | undefined;
  readonly found: string | undefined;
}

/**
 * Fuzzes planted faults: a crash that is found only with coverage (and not without it), an input that
 * is slow, one that never ends, and memory that grows. `names` selects some of the trials.
 */
export async function selfTest(root: string, names?: readonly string[]): Promise<TrialOutcome[]> {
  const outcomes: TrialOutcome[] = [];
  for (const trial of TRIALS.filter(({ name }) => names === undefined || names.includes(name))) {
    const folder = join(root, trial.name);
    mkdirSync(folder);
    const options: RunOptions = { runs: trial.runs, seed: 1, folder, planted: true, blind: trial.blind };
    outcomes.push(toOutcome(trial, await runTarget(findPlanted(trial.target), options)));
  }
  return outcomes;
}

function toOutcome({ name, wanted }: Trial, { failure }: TargetRun): TrialOutcome {
  return { name, wanted, found: wanted !== undefined && failure?.includes(wanted) ? wanted : failure };
}

function findPlanted(wanted: string): FuzzTarget {
  const target = TARGETS.find(({ name }) => name === wanted);
  if (target === undefined) throw new Error(`unknown planted fault ${wanted}`);
  return target;
}
