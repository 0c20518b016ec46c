import type { EdgeCounters } from "./engine.ts";
import type { FuzzTarget } from "./fuzz-target.ts";

/** An execution count is told apart from another as libFuzzer does: 1, 2, 3, and then roughly by powers of two. */
const BUCKETS = [1, 2, 3, 4, 8, 16, 32, 128];

/**
 * The inputs that reach something no shorter one reaches, in the order of their lengths, until `isFull` says so: a small
 * corpus that goes nearly everywhere the whole one goes. Inputs that fail are left out.
 */
export async function chooseInputs(
  { check }: FuzzTarget,
  options: {
    inputs: readonly Uint8Array[];
    counters: readonly EdgeCounters[];
    isFull: (chosen: Uint8Array) => boolean;
  },
): Promise<Uint8Array[]> {
  const { counters, isFull } = options;
  const reached = new Set<number>();
  const chosen: Uint8Array[] = [];
  for (const input of options.inputs.toSorted((a, b) => a.length - b.length || Buffer.compare(a, b))) {
    for (const module of counters) module.fill(0);
    try {
      await check(input);
    } catch {
      // Told by the run that found it; what it reaches on its way is no use to the next.
      continue;
    }
    const before = reached.size;
    for (const feature of listFeatures(counters)) reached.add(feature);
    if (reached.size > before && !isFull(input)) chosen.push(input);
  }
  return chosen;
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
