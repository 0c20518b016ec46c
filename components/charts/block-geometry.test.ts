import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Block } from "#lib/views/column.ts";
import { layBlocks, type Rectangle } from "./block-geometry.ts";

const block = (nodeIndex: number, retainedSize: number, children: Block[] = []): Block => ({
  nodeIndex,
  name: `node-${nodeIndex}`,
  version: "",
  selfSize: 0,
  retainedSize,
  children,
});
const space = { width: 100, height: 100, heading: 0, levels: 2 };

interface Tree {
  readonly bytes: number;
  readonly inner: readonly Tree[];
}

function treeOf(levels: number): fc.Arbitrary<Tree> {
  const bytes = fc.integer({ min: 1, max: 1e6 });
  const inner = levels === 0 ? fc.constant([]) : fc.array(treeOf(levels - 1), { maxLength: 4 });
  return fc.record({ bytes, inner });
}

function toBlock({ bytes, inner }: Tree): Block {
  const children = inner.map(toBlock);
  return block(0, bytes + children.reduce((sum, { retainedSize }) => sum + retainedSize, 0), children);
}

function expectInside(inner: Rectangle, outer: Rectangle): void {
  expect(inner.x).toBeGreaterThanOrEqual(outer.x - 1e-6);
  expect(inner.y).toBeGreaterThanOrEqual(outer.y - 1e-6);
  expect(inner.x + inner.width).toBeLessThanOrEqual(outer.x + outer.width + 1e-6);
  expect(inner.y + inner.height).toBeLessThanOrEqual(outer.y + outer.height + 1e-6);
}

describe("layBlocks", () => {
  it("gives each block area by what it retains", () => {
    const { placed } = layBlocks({ ...space, blocks: [block(0, 750), block(1, 250)], bytes: 1000 });
    const area = new Map(placed.map(({ block: { nodeIndex }, width, height }) => [nodeIndex, width * height]));
    expect(area.get(0)! / area.get(1)!).toBeCloseTo(3, 0);
  });

  it("draws what a block keeps inside it, and no deeper than asked", () => {
    const blocks = [block(0, 900, [block(1, 500, [block(2, 300)])])];
    const { placed } = layBlocks({ ...space, blocks, bytes: 900 });
    expect(placed.map(({ block: { nodeIndex }, depth }) => [nodeIndex, depth])).toEqual([
      [0, 1],
      [1, 2],
    ]);
    const [outer, inner] = placed;
    expect(inner!.x).toBeGreaterThanOrEqual(outer!.x);
    expect(inner!.x + inner!.width).toBeLessThanOrEqual(outer!.x + outer!.width);
  });

  it("lets nothing stick out of the block that keeps it, even where its heading is higher than the block", () => {
    const tree = treeOf(3);
    fc.assert(
      fc.property(fc.array(tree, { minLength: 1, maxLength: 12 }), (trees) => {
        const blocks = trees.map(toBlock);
        const bytes = blocks.reduce((sum, { retainedSize }) => sum + retainedSize, 0);
        const { placed } = layBlocks({ blocks, bytes, width: 360, height: 120, heading: 18, levels: 4 });
        const rectangles = new Map(placed.map((each) => [each.block, each]));
        for (const outer of placed)
          for (const child of outer.block.children) {
            const inner = rectangles.get(child);
            if (inner !== undefined) expectInside(inner, outer);
          }
      }),
    );
  });

  it("leaves bytes of blocks that are not given as empty ground", () => {
    const { placed } = layBlocks({ ...space, blocks: [block(0, 100)], bytes: 1000 });
    const area = placed[0]!.width * placed[0]!.height;
    expect(area).toBeGreaterThan(800);
    expect(area).toBeLessThan(1200);
  });

  it("says where the bytes lie that no block covers, after the blocks", () => {
    const { placed, rest } = layBlocks({ ...space, blocks: [block(0, 100)], bytes: 1000 });
    expect(rest?.bytes).toBe(900);
    expect(placed[0]).toMatchObject({ x: 0, y: 0 });
    expect(layBlocks({ ...space, blocks: [block(0, 1000)], bytes: 1000 }).rest).toBeUndefined();
  });
});
