import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { computeRetainedSizes } from "#lib/graph/retained-sizes.ts";
import { arbitraryGraph, graphOf, type RandomGraph } from "#testing/builders/graphs.ts";
import { naiveSuspects } from "#testing/oracles/naive-suspects.ts";
import { type FoundSuspect, findSuspects } from "./suspects.ts";

const named = (names: readonly string[]) => names.map((name) => ({ kind: name.slice(0, 3), name }));

function suspectsOf(
  { graph, roots, weights }: Omit<RandomGraph, "edges" | "nodeCount">,
  nodes: { kind: string; name: string }[],
) {
  return findSuspects({ graph, roots, selfSize: weights, nodes, ...computeRetainedSizes(graph, roots, weights) });
}

const written = ({ nodes, retainedSize, accumulation }: FoundSuspect) =>
  `${nodes}: ${retainedSize} @ ${accumulation ?? "-"}`;

describe("suspects", () => {
  it("agree with removing nodes one by one, on graphs with cycles, several roots and unreachable nodes", () => {
    const names = fc.array(fc.constantFrom("deb a", "deb b", "npm a", "npm b"), { minLength: 14, maxLength: 14 });
    fc.assert(
      fc.property(arbitraryGraph(), names, (random, drawn) => {
        const nodes = named(drawn.slice(0, random.nodeCount));
        expect(suspectsOf(random, nodes).map(written).sort()).toEqual(naiveSuspects({ ...random, nodes }));
      }),
      { numRuns: 1000 },
    );
  });

  it("descend to the node where the bytes gather, and count no node on the way", () => {
    // 0 → 1 → 2, which keeps three equal nodes.
    const graph = graphOf(6, [
      [0, 1],
      [1, 2],
      [2, 3],
      [2, 4],
      [2, 5],
    ]);
    const found = suspectsOf(
      { graph, roots: [0], weights: Float64Array.of(1, 1, 1, 9, 9, 9) },
      named(Array(6).fill("deb x")),
    );
    expect(found.map(written)).toEqual(["0: 30 @ 2", "3: 9 @ 3", "4: 9 @ 4", "5: 9 @ 5"]);
    expect(found.map(({ within }) => within)).toEqual([-1, 0, 0, 0]);
  });

  it("descend through nodes that retain less than a tenth themselves", () => {
    // 0 → 1 → 2; together they hold just over a tenth, 1 and 2 alone less.
    const graph = graphOf(4, [
      [0, 1],
      [1, 2],
    ]);
    const found = suspectsOf(
      { graph, roots: [0, 3], weights: Float64Array.of(7, 7, 176, 1641) },
      named(Array(4).fill("deb x")),
    );
    expect(found.map(written)).toEqual(["3: 1641 @ 3", "0: 190 @ 2"]);
  });

  it("find a family none of whose members keeps a tenth", () => {
    const count = 40;
    const nodes = named(Array.from({ length: count }, (_, i) => (i < 12 ? "npm debug" : `npm ${i}`)));
    const graph = graphOf(count, []);
    const found = suspectsOf({ graph, roots: [...nodes.keys()], weights: new Float64Array(count).fill(5) }, nodes);
    expect(found).toMatchObject([{ family: "name", retainedSize: 60, nodes: [...Array(12).keys()] }]);
  });

  it("takes a chain as long as a store's without recursion", () => {
    const count = 100_000;
    const graph = graphOf(
      count,
      Array.from({ length: count - 1 }, (_, i) => [i, i + 1] as const),
    );
    const nodes = named(Array.from({ length: count }, (_, i) => `deb ${i % 7}`));
    const found = suspectsOf({ graph, roots: [0], weights: new Float64Array(count).fill(1) }, nodes);
    expect(found[0]).toMatchObject({ nodes: [0], retainedSize: count, within: -1 });
  });
});
