import fc from "fast-check";
import { expect, test } from "vitest";
import { PairColumns } from "./pair-columns.ts";

function sortPairs(pairs: readonly (readonly [number, number])[], bound: number): number[][] {
  const columns = new PairColumns();
  for (const [first, second] of pairs) columns.push(first, second);
  const sorted = columns.toSorted(bound);
  return Array.from(sorted.first, (first, i) => [first, sorted.second[i]!]);
}

test("pairs come back sorted and without repeats, as one by one", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(20), fc.nat(20))), (pairs) => {
      const distinct = new Map(pairs.map((pair) => [String(pair), pair])).values();
      expect(sortPairs(pairs, 21)).toEqual([...distinct].sort(([a, b], [c, d]) => a - c || b - d));
    }),
  );
});

test("columns grow past their first length", () => {
  const pairs = Array.from({ length: 200_000 }, (_, i) => [199_999 - i, i] as const);
  expect(sortPairs(pairs, 200_000).slice(-1)).toEqual([[199_999, 0]]);
  expect(sortPairs(pairs, 200_000)).toHaveLength(200_000);
});
