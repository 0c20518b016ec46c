import { describe, expect, it } from "vitest";
import type { KeptNode, KeptPart } from "#lib/model/kept-tree.ts";
import { type PlacedPart, placeIcicle, placeTreemap } from "./place-parts.ts";

const toNode = (nodeIndex: number) => ({ nodeIndex, name: `n${nodeIndex}` }) as KeptNode;
const node = (nodeIndex: number, size: number, parts: readonly KeptPart[] = []): KeptPart => ({
  type: "node",
  node: toNode(nodeIndex),
  size,
  parts,
});
const PARTS: readonly KeptPart[] = [
  { type: "self", node: toNode(9), size: 10, parts: [] },
  node(1, 60, [{ type: "self", node: toNode(1), size: 15, parts: [] }, node(2, 30), node(3, 15)]),
  node(4, 20),
  { type: "others", size: 10, parts: [], count: 7, from: 2, within: toNode(9), family: undefined },
];

const areaOf = ({ width, height }: PlacedPart) => width * height;

describe("parts as rectangles", () => {
  it("fill a treemap, and are inside the part that they belong to", () => {
    const placed = placeTreemap(PARTS, { width: 400, height: 300 });
    expect(placed).toHaveLength(7);
    const [outer] = placed.filter(({ key }) => key === "/node 1");
    for (const inner of placed.filter(({ key }) => key.startsWith("/node 1/"))) {
      expect(inner.depth).toBe(2);
      expect(inner.x).toBeGreaterThanOrEqual(outer!.x);
      expect(inner.y).toBeGreaterThan(outer!.y);
      expect(inner.x + inner.width).toBeLessThanOrEqual(outer!.x + outer!.width);
      expect(inner.y + inner.height).toBeLessThanOrEqual(outer!.y + outer!.height);
    }
    const outermost = placed.filter(({ depth }) => depth === 1);
    expect(outermost.reduce((sum, part) => sum + areaOf(part), 0) / (400 * 300)).toBeGreaterThan(0.95);
    expect(areaOf(outer!) / (400 * 300)).toBeCloseTo(0.6, 1);
  });

  it("are rows in an icicle, width by size, each below its part", () => {
    const placed = placeIcicle(PARTS, { width: 1000, row: 30 });
    expect(placed.map(({ key, x, y, width }) => [key, x, y, width])).toEqual([
      ["/self 9", 0, 0, 100],
      ["/node 1", 100, 0, 600],
      ["/node 4", 700, 0, 200],
      ["/others 2", 900, 0, 100],
      ["/node 1/self 1", 100, 30, 150],
      ["/node 1/node 2", 250, 30, 300],
      ["/node 1/node 3", 550, 30, 150],
    ]);
  });

  it("are none if nothing has a size", () => {
    const empty = [node(1, 0)];
    expect(placeTreemap(empty, { width: 100, height: 100 })).toEqual([]);
    expect(placeIcicle(empty, { width: 100, row: 30 })).toEqual([]);
    expect(placeIcicle([], { width: 100, row: 30 })).toEqual([]);
  });
});
