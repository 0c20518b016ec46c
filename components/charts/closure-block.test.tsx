import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import type { DominatedNode } from "#lib/model/column.ts";
import { ClosureBlock } from "./closure-block.tsx";

const node = (nodeIndex: number, selfSize: number, retainedSize: number, dominator = -1): DominatedNode => {
  return { nodeIndex, name: `item-${nodeIndex}`, version: "", selfSize, retainedSize, dominator };
};
const draw = (nodes: DominatedNode[], bytes: number, itemCount: number) =>
  renderToStaticMarkup(<ClosureBlock nodes={nodes} bytes={bytes} itemCount={itemCount} digest="sha256:00" />);

describe("the smaller items of a closure", () => {
  it("are counted if all of them are in one place", () => {
    const html = draw([node(0, 500, 600), node(1, 100, 100, 0)], 1000, 12);
    expect(html).toContain("10 smaller items, 400 B");
    expect(html).toContain("none of the other 10 retains more than 100 B");
  });

  it("are not counted as being in one place if others retain some of them", () => {
    expect(draw([node(0, 500, 600)], 1000, 12)).toContain("400 B in smaller items that no block contains");
  });

  it("are not mentioned if there are none", () => {
    expect(draw([node(0, 1000, 1000)], 1000, 1)).not.toContain("smaller");
  });
});
