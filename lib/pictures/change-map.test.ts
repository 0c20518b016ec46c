import { describe, expect, it } from "vitest";
import { placeMap } from "./change-map.ts";

const space = { width: 400, height: 200, limit: 3 };
const item = (group: string, bytes: number) => ({ group, bytes });

describe("placeMap", () => {
  it("gives area by bytes", () => {
    const placed = placeMap({ ...space, items: [item("added", 300), item("removed", 100)] });
    const area = Object.fromEntries(placed.map(({ group, width, height }) => [group, width * height]));
    expect(area.added! / area.removed!).toBeCloseTo(3, 0);
  });

  it("draws the smallest of a group as one, without losing bytes", () => {
    const items = [900, 500, 300, 20, 10, 5].map((bytes) => item("same", bytes));
    const placed = placeMap({ ...space, items });
    expect(placed.map((each) => [each.items, each.bytes])).toEqual([
      [[0], 900],
      [[1], 500],
      [[2], 300],
      [[3, 4, 5], 35],
    ]);
  });

  it("draws nothing for no items", () => {
    expect(placeMap({ ...space, items: [] })).toEqual([]);
    expect(placeMap({ ...space, items: [item("same", 0)] })).toEqual([]);
  });
});
