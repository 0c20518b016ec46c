import fc from "fast-check";
import { expect, it } from "vitest";
import { UnitTable } from "./unit-table.ts";

const key = fc.oneof(
  fc.integer({ min: -5, max: 5 }),
  fc.maxSafeInteger(),
  fc.constantFrom(-(2 ** 33) - 7, 2 ** 53 - 1),
);

it("gives equal pairs equal numbers and different pairs different ones, in order of occurrence, through any growth", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(key, key), { maxLength: 200 }), (pairs) => {
      const table = new UnitTable(1);
      const naive = new Map<string, number>();
      for (const [first, second] of pairs) {
        const name = `${first} ${second}`;
        if (!naive.has(name)) naive.set(name, naive.size);
        expect(table.add(first, second)).toBe(naive.get(name));
      }
      expect(table.count).toBe(naive.size);
    }),
  );
});
