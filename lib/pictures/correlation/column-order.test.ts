import fc from "fast-check";
import { expect, it } from "vitest";
import { orderColumns } from "./column-order.ts";
import type { PictureColumn } from "./columns.ts";

const column = (...strata: [key: string, place: string, bytes: number][]): PictureColumn => ({
  bytes: strata.reduce((sum, [, , bytes]) => sum + bytes, 0),
  strata: strata.map(([key, place, bytes]) => ({ key, place, bytes, wasted: 0, colour: "", title: "" })),
});
const base = ["base", "base", 60] as const;
const old = ["old", "old", 50] as const;

it("draws columns with a common base side by side, otherwise in the given order", () => {
  const columns = [
    column([...base]),
    column([...old]),
    column([...base], ["lua", "base lua", 10]),
    column([...old], ["sqlite", "old sqlite", 5]),
    column([...base], ["sqlite", "base sqlite", 5]),
  ];
  expect(orderColumns(columns)).toEqual([0, 2, 4, 3, 1]);
  expect(orderColumns(columns.slice(0, 2))).toEqual([0, 1]);
});

it("begins with the run of the largest column, so that a narrow page does not open on an empty area", () => {
  expect(orderColumns([column(["a", "a", 1]), column(["b", "b", 2]), column(["c", "c", 900])])).toEqual([2, 1, 0]);
});

it("leaves out no column, and never separates those on one base", () => {
  // A layer's place identifies everything below it, like a ChainID.
  const stack = fc
    .array(fc.constantFrom("a", "b", "c"), { maxLength: 4 })
    .map((keys) => column(...keys.map((key, i): [string, string, number] => [key, keys.slice(0, i + 1).join(), 1])));
  fc.assert(
    fc.property(fc.array(stack, { maxLength: 9 }), (columns) => {
      const order = orderColumns(columns);
      expect(order.toSorted((a, b) => a - b)).toEqual([...columns.keys()]);
      const bases = order.map((i) => columns[i]!.strata[0]?.key).filter((key) => key !== undefined);
      const changes = bases.filter((key, i) => key !== bases[i - 1]);
      expect(changes).toHaveLength(new Set(bases).size);
    }),
  );
});
