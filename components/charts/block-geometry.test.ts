import { describe, expect, it } from "vitest";
import type { Block } from "#lib/views/column.ts";
import { layBlocks } from "./block-geometry.ts";

const block = (nodeIndex: number, retainedSize: number, children: Block[] = []): Block => ({
  nodeIndex,
  name: `node-${nodeIndex}`,
  version: "",
  selfSize: 0,
  retainedSize,
  children,
});
const space = { width: 100, height: 100, heading: 0, levels: 2 };

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
