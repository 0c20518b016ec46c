import type { EdgeCounters } from "./engine.ts";
import type { FuzzTarget } from "./fuzz-target.ts";

/** Execution counts are distinguished as in libFuzzer: 1, 2, 3, and then roughly by powers of two. */
const BUCKETS = [1, 2, 3, 4, 8, 16, 32, 128];

/** The candidates, and the limits. */
interface Choice {
  readonly inputs: readonly Uint8Array[];
  readonly counters: readonly EdgeCounters[];
  /** Reserves space for the input; false if there is none. */
  readonly takeRoom: (input: Uint8Array) => boolean;
}

/**
 * A small corpus with nearly the coverage of the whole: the inputs that reach an edge no shorter one reaches, and
 * then, while there is space, those that reach one more often. Inputs that fail are left out.
 */
export async function chooseInputs(target: FuzzTarget, { inputs, counters, takeRoom }: Choice): Promise<Uint8Array[]> {
  const shortestFirst = inputs.toSorted((a, b) => a.length - b.length || Buffer.compare(a, b));
  const chosen = new Set<Uint8Array>();
  for (const list of [listEdges, listFeatures]) {
    const reached = new Set<number>();
    for (const input of shortestFirst) {
      if (!(await runs(target, input, counters))) continue;
      const before = reached.size;
      for (const feature of list(counters)) reached.add(feature);
      if (reached.size > before && !chosen.has(input) && takeRoom(input)) chosen.add(input);
    }
  }
  return shortestFirst.filter((input) => chosen.has(input));
}

/** Whether the input passes; the counters then contain what it reached. */
async function runs({ check }: FuzzTarget, input: Uint8Array, counters: readonly EdgeCounters[]): Promise<boolean> {
  for (const module of counters) module.fill(0);
  try {
    await check(input);
    return true;
  } catch {
    // Reported by the run that found it; the edges it reaches are of no use to the next run.
    return false;
  }
}

function* listEdges(counters: readonly EdgeCounters[]): Generator<number> {
  for (const feature of listFeatures(counters)) yield Math.floor(feature / BUCKETS.length);
}

/** What an execution has reached: a number for each edge and how often it was taken. */
function* listFeatures(counters: readonly EdgeCounters[]): Generator<number> {
  let edge = 0;
  for (const module of counters) {
    for (const count of module) {
      if (count > 0) yield edge * BUCKETS.length + BUCKETS.findLastIndex((least) => count >= least);
      edge += 1;
    }
  }
}
