/** Bounds of the classes in between: 1 · 2 · 3–5 · 6–¼ · more than ¼ of the starts. */
const MIDDLE_ENDS = [2, 5];
/** Share of all bytes below which a stratum joins its neighbour: 18 px of a section 720 px high. */
const MIN_SHARE = 0.025;

/** The nodes that `from` to `to` of the starts reach. */
export interface StratumRange {
  readonly from: number;
  readonly to: number;
}

/** The classes for a number of starts, ascending and without gaps: the first is 1, the last ends with all. */
export function strataRanges(startCount: number): StratumRange[] {
  const quarter = Math.floor(startCount / 4);
  const ends = [1, ...MIDDLE_ENDS.filter((end) => end < quarter), quarter, startCount];
  const ranges: StratumRange[] = [];
  let from = 1;
  for (const to of ends) {
    if (to < from) continue;
    ranges.push({ from, to });
    from = to + 1;
  }
  return ranges;
}

/**
 * Joins classes of a small share with the class above (the first with the one below) and drops empty ones. `weights`: by class.
 * Returns the joined classes, and for each of the given ones the number of its joined class (−1 if it is empty).
 */
export function joinSmall(ranges: readonly StratumRange[], weights: Float64Array) {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const joined: (StratumRange & { weight: number })[] = [];
  const joinedOf = new Int32Array(ranges.length).fill(-1);
  for (const [i, { from, to }] of ranges.entries()) {
    const weight = weights[i]!;
    if (weight === 0) continue;
    const last = joined.at(-1);
    if (last !== undefined && Math.min(weight, last.weight) < MIN_SHARE * total) {
      joined[joined.length - 1] = { from: last.from, to, weight: last.weight + weight };
    } else {
      joined.push({ from, to, weight });
    }
    joinedOf[i] = joined.length - 1;
  }
  return { strata: joined, joinedOf };
}
