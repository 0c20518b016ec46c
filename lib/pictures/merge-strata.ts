import type { Stratum } from "#lib/model/column.ts";

/** Several neighbouring layers drawn as one; `upTo` is the position of the highest. */
export interface MergedStratum extends Stratum {
  readonly upTo?: number;
}

/** The strata unchanged if there are at most `max`; else the largest, with the others between them merged. */
export function mergeSmallest(strata: readonly Stratum[], max: number): readonly MergedStratum[] {
  if (strata.length <= max) return strata;
  // Between k strata there are at most k + 1 runs of others.
  const largest = strata.toSorted((a, b) => b.bytes - a.bytes).slice(0, Math.floor((max - 1) / 2));
  return mergeOthers(strata, new Set(largest));
}

/** The newest `max` unchanged, all older ones as one. */
export function mergeOldest(strata: readonly Stratum[], max: number): readonly MergedStratum[] {
  return strata.length <= max ? strata : mergeOthers(strata, new Set(strata.slice(-max)));
}

function mergeOthers(strata: readonly Stratum[], kept: ReadonlySet<Stratum>): MergedStratum[] {
  const merged: MergedStratum[] = [];
  let run: Stratum[] = [];
  const endRun = () => {
    if (run.length > 0) merged.push(mergeRun(run));
    run = [];
  };
  for (const stratum of strata) {
    if (!kept.has(stratum)) run.push(stratum);
    else {
      endRun();
      merged.push(stratum);
    }
  }
  endRun();
  return merged;
}

function mergeRun(run: readonly Stratum[]): MergedStratum {
  const first = run[0]!;
  if (run.length === 1) return first;
  return {
    ...first,
    upTo: run.at(-1)!.position,
    bytes: run.reduce((sum, { bytes }) => sum + bytes, 0),
    wastedSize: run.reduce((sum, { wastedSize }) => sum + wastedSize, 0),
    createdBy: "",
    imageCount: 1,
  };
}
