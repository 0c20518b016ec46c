import { expect, it } from "vitest";
import { reverse } from "#lib/graph/graph.ts";
import { computeReachable } from "#lib/graph/reachable.ts";
import { LitGraph } from "#lib/pictures/map/lit-sets.ts";
import { storeLikeGraph } from "#testing/builders/graphs.ts";
import { mapSectionOf } from "#testing/builders/map-section.ts";
import { lightUp } from "./light-up.ts";

const graph = storeLikeGraph(300, 3);
const section = mapSectionOf(graph, new Float64Array(300).fill(1));
const litGraph = new LitGraph(graph);

/** The lit nodes, by index. */
function litNodes(node: number, side: "both" | "up" | "down" | "own"): number[] {
  const { litAt } = lightUp(section, litGraph, { node, side });
  return [...section.nodeAt].filter((_, position) => litAt![position] === 1).sort((a, b) => a - b);
}

const marked = (marks: Uint8Array) => [...marks.keys()].filter((node) => marks[node] === 1);

it("lights what needs a node, what it needs, or both", () => {
  for (let node = 0; node < 300; node += 7) {
    const up = marked(computeReachable(reverse(graph), [node]));
    const down = marked(computeReachable(graph, [node]));
    expect(litNodes(node, "up")).toEqual(up);
    expect(litNodes(node, "down")).toEqual(down);
    expect(litNodes(node, "both")).toEqual([...new Set([...up, ...down])].sort((a, b) => a - b));
  }
});

it("lights what a node alone keeps, which is part of what it needs, and draws no lines", () => {
  for (let node = 0; node < 300; node += 7) {
    const own = litNodes(node, "own");
    const position = section.positionOf[node]!;
    expect(own).toHaveLength(section.endOf[position]! - position);
    expect(own).toContain(node);
    const needed = new Set(litNodes(node, "down"));
    expect(own.every((each) => needed.has(each))).toBe(true);
    const { referrers, references } = lightUp(section, litGraph, { node, side: "own" });
    expect([referrers, references]).toEqual([[], []]);
  }
});
