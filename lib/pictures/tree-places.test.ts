import fc from "fast-check";
import { expect, it } from "vitest";
import type { ChangeNode } from "#lib/model/answer.ts";
import { placeTree } from "./tree-places.ts";

const node = (row: number, parent: number | null): ChangeNode => ({ row, parent, side: "both" });

it("places roots at the left, and each node one column after its parent", () => {
  const { placed, columns } = placeTree([node(3, null), node(7, 3), node(9, 7)]);
  expect(placed.map((each) => [each.node.row, each.column])).toEqual([
    [3, 0],
    [7, 1],
    [9, 2],
  ]);
  expect(columns).toBe(3);
});

it("places no box over another, whatever the forest", () => {
  const forest = fc
    .array(fc.nat(99), { maxLength: 60 })
    .map((picks) => picks.map((pick, row) => node(row, row === 0 || pick % 4 === 0 ? null : pick % row)));
  fc.assert(
    fc.property(forest, (nodes) => {
      const { placed, rows } = placeTree(nodes);
      expect(placed).toHaveLength(nodes.length);
      const columns = Map.groupBy(placed, ({ column }) => column);
      for (const column of columns.values()) {
        const places = column.map(({ place }) => place).sort((a, b) => a - b);
        places.forEach((place, i) => {
          expect(place).toBeGreaterThanOrEqual(0.5 - 1e-9);
          expect(place).toBeLessThanOrEqual(rows);
          if (i > 0) expect(place - places[i - 1]!).toBeGreaterThanOrEqual(1 - 1e-9);
        });
      }
    }),
  );
});
