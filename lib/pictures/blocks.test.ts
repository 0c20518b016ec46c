import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { DominatedNode } from "#lib/model/column.ts";
import { placeBlocks, retainUnlisted } from "./blocks.ts";
import type { Rectangle } from "./shapes.ts";

const node = (nodeIndex: number, retainedSize: number, dominator = -1): DominatedNode => {
  return { nodeIndex, name: `node-${nodeIndex}`, version: "", selfSize: 0, retainedSize, dominator };
};
const space = { width: 100, height: 100, heading: 0, levels: 2 };

/** Nodes, each inside an earlier one or outermost, whose retained size is their own plus that of the nodes inside. */
const nested = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 1e6 }), fc.nat()), { minLength: 1, maxLength: 60 })
  .map((parts) => {
    const retained = parts.map(([bytes]) => bytes);
    const dominators = parts.map(([, pick], i) => (pick % (i + 1)) - 1);
    for (let i = parts.length - 1; i >= 0; i--) if (dominators[i]! >= 0) retained[dominators[i]!]! += retained[i]!;
    return retained.map((bytes, i) => node(i, bytes, dominators[i]));
  });

function expectInside(inner: Rectangle, outer: Rectangle): void {
  expect(inner.x).toBeGreaterThanOrEqual(outer.x - 1e-6);
  expect(inner.y).toBeGreaterThanOrEqual(outer.y - 1e-6);
  expect(inner.x + inner.width).toBeLessThanOrEqual(outer.x + outer.width + 1e-6);
  expect(inner.y + inner.height).toBeLessThanOrEqual(outer.y + outer.height + 1e-6);
}

describe("placeBlocks", () => {
  it("gives each block area by its retained size", () => {
    const { placed } = placeBlocks({ ...space, nodes: [node(0, 750), node(1, 250)], bytes: 1000 });
    const area = new Map(placed.map((block) => [block.node.nodeIndex, block.width * block.height]));
    expect(area.get(0)! / area.get(1)!).toBeCloseTo(3, 0);
  });

  it("draws what a block retains inside it, and no deeper than requested", () => {
    const nodes = [node(0, 900), node(1, 500, 0), node(2, 300, 1)];
    const { placed } = placeBlocks({ ...space, nodes, bytes: 900 });
    expect(placed.map((block) => [block.node.nodeIndex, block.depth])).toEqual([
      [0, 1],
      [1, 2],
    ]);
    expectInside(placed[1]!, placed[0]!);
  });

  it("draws a node outermost if its dominator is not listed", () => {
    const { placed } = placeBlocks({ ...space, nodes: [node(0, 500), node(1, 400, 7)], bytes: 900 });
    expect(placed.map(({ depth }) => depth)).toEqual([1, 1]);
  });

  it("lets nothing stick out of the block that retains it, even if its heading is higher than the block", () => {
    fc.assert(
      fc.property(nested, (nodes) => {
        const bytes = nodes.reduce((sum, each) => sum + (each.dominator < 0 ? each.retainedSize : 0), 0);
        const { placed } = placeBlocks({ nodes, bytes, width: 360, height: 120, heading: 18, levels: 4 });
        const blocks = new Map(placed.map((block) => [block.node.nodeIndex, block]));
        for (const inner of placed) {
          const outer = blocks.get(inner.node.dominator);
          if (outer !== undefined) expectInside(inner, outer);
        }
      }),
    );
  });

  it("leaves bytes of nodes that are not given as empty area", () => {
    const { placed } = placeBlocks({ ...space, nodes: [node(0, 100)], bytes: 1000 });
    const area = placed[0]!.width * placed[0]!.height;
    expect(area).toBeGreaterThan(800);
    expect(area).toBeLessThan(1200);
  });

  it("gives the position of the bytes outside all blocks, after the blocks", () => {
    const { placed, rest } = placeBlocks({ ...space, nodes: [node(0, 100)], bytes: 1000 });
    expect(rest?.bytes).toBe(900);
    expect(placed[0]).toMatchObject({ x: 0, y: 0 });
    expect(placeBlocks({ ...space, nodes: [node(0, 1000)], bytes: 1000 }).rest).toBeUndefined();
  });
});

it("detects that listed nodes retain others that are not listed", () => {
  const sized = (selfSize: number, each: DominatedNode) => ({ ...each, selfSize });
  expect(retainUnlisted([sized(6, node(0, 10)), sized(4, node(1, 4, 0))])).toBe(false);
  expect(retainUnlisted([sized(6, node(0, 10))])).toBe(true);
});
