import fc from "fast-check";
import { expect, test } from "vitest";
import { sortPairs } from "./sort-pairs.ts";

test("sortPairs does what sorting and dropping repeats one by one does", () => {
  const pairs = fc.array(fc.tuple(fc.nat(20), fc.nat(20)));
  fc.assert(
    fc.property(pairs, (input) => {
      const expected = [...new Map(input.map((pair) => [String(pair), pair])).values()].sort(
        ([a, b], [c, d]) => a - c || b - d,
      );
      const sorted = sortPairs(
        Int32Array.from(input, ([a]) => a),
        Int32Array.from(input, ([, b]) => b),
        21,
      );
      expect(Array.from(sorted.first, (a, i) => [a, sorted.second[i]])).toEqual(expected);
    }),
  );
});
