import fc from "fast-check";
import { expect, it } from "vitest";
import { LOAD_WIDTH, listLoadsOf } from "./file-loads.ts";

it("the loads of a file are found among those of all, as by reading them one by one", () => {
  const load = fc.tuple(fc.nat(6), fc.integer({ min: -1, max: 2 }), fc.nat(9));
  fc.assert(
    fc.property(fc.array(load, { maxLength: 20 }), fc.nat(7), (drawn, row) => {
      const sorted = drawn.toSorted(([a], [b]) => a - b);
      const expected = new Map<number, number>();
      for (const [from, need, to] of sorted) if (from === row && !expected.has(need)) expected.set(need, to);
      const loads = Int32Array.from(sorted.flat());
      expect(loads.length).toBe(LOAD_WIDTH * drawn.length);
      expect(listLoadsOf(loads, row)).toEqual(expected);
    }),
  );
});
