import { describe, expect, it } from "vitest";
import type { ClosureAnswer } from "#lib/model/answer.ts";
import { toKeptBlocks } from "./kept-blocks.ts";

type Node = ClosureAnswer["nodes"][number];

const node = (name: string, retainedSize: number, dominator: number | null): Node => {
  const sizes = { selfSize: 1, closureSize: retainedSize, retainedSize, referenceCount: 0, referrerCount: 0 };
  return { id: name, kind: "store", name, version: "", ...sizes, live: true, root: false, dominator };
};

describe("the blocks of a stored answer", () => {
  it("lie inside what keeps them", () => {
    const blocks = toKeptBlocks([node("root", 10, null), node("inner", 6, 0), node("other", 5, null)]);
    expect(blocks.map(({ name }) => name)).toEqual(["root", "other"]);
    expect(blocks[0]!.children.map(({ name }) => name)).toEqual(["inner"]);
  });

  it("stand outermost where their dominator is not drawn", () => {
    const many = Array.from({ length: 200 }, (_, i) => node(`n${i}`, 200 - i, i === 100 ? 199 : null));
    expect(toKeptBlocks(many)).toHaveLength(160);
  });
});
