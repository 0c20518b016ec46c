import fc from "fast-check";
import { expect, it } from "vitest";
import { completeRoots } from "#lib/graph/complete-roots.ts";
import { computeRetainedSizes } from "#lib/graph/retained-sizes.ts";
import { arbitraryGraph, naiveRetained, type RandomGraph, sumOf } from "#testing/builders/graphs.ts";
import { classOf, sizeClasses } from "./size-classes.ts";
import { computeSizeOrder, isKeptBy, sumTopmost } from "./size-order.ts";

function measured({ graph, roots: given, weights }: RandomGraph) {
  const roots = completeRoots(graph, given);
  const { dominator, retainedSize } = computeRetainedSizes(graph, roots, weights);
  const nodes = Array.from({ length: graph.nodeCount }, () => ({ name: "lib", kind: "deb" }));
  return { roots, retainedSize, order: computeSizeOrder({ nodes, selfSize: weights, dominator, retainedSize }) };
}

it("knows what each node keeps, as removing it shows", () => {
  fc.assert(
    fc.property(arbitraryGraph(), (random) => {
      const { roots, order } = measured(random);
      for (let by = 0; by < random.nodeCount; by++) {
        const gone = naiveRetained(random, roots, by);
        for (let node = 0; node < random.nodeCount; node++) expect(isKeptBy(order, node, by)).toBe(gone.has(node));
      }
    }),
  );
});

it("sums what several nodes keep, each byte once", () => {
  fc.assert(
    fc.property(arbitraryGraph(), fc.array(fc.nat(13), { maxLength: 8 }), (random, drawn) => {
      const { roots, order, retainedSize } = measured(random);
      const nodes = [...new Set(drawn.map((draw) => draw % random.nodeCount))];
      const kept = new Set(nodes.flatMap((node) => [...naiveRetained(random, roots, node)]));
      expect(sumTopmost(order, retainedSize, nodes)).toBe(sumOf(kept, random.weights));
    }),
    { numRuns: 500 },
  );
});

it("has a class for every size, and the classes touch", () => {
  fc.assert(
    fc.property(fc.nat(2 ** 40), fc.constantFrom(1, 512, 1024, 2 ** 20), (size, unit) => {
      const classes = sizeClasses(unit);
      const { from, to = Number.POSITIVE_INFINITY } = classes[classOf(size, unit)]!;
      expect(size >= from && size < to).toBe(true);
      expect(classes.slice(1).map((each) => each.to)).toEqual(classes.slice(0, -1).map((each) => each.from));
      expect(classes.at(-1)!.from).toBe(0);
    }),
  );
});
