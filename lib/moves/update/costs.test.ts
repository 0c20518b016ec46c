import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { computeDependents } from "#lib/analysis/dependents.ts";
import { buildRung } from "#lib/analysis/sharing/build-rung.ts";
import { reverse } from "#lib/graph/graph.ts";
import type { Holding, ImageHolding } from "#lib/model/holding.ts";
import type { UpdateModel } from "#lib/model/update-cost.ts";
import { graphOf, type NaiveGraph, naiveReachable } from "#testing/builders/graphs.ts";
import { arbitraryHoldings, componentsOf, listNaiveUnits, sumNaive } from "#testing/builders/holdings.ts";
import type { ModelCosts } from "./again.ts";
import { listGraphUnits, sumGraphUnits } from "./graph-costs.ts";
import { computePairCosts } from "./pair-costs.ts";
import type { Side } from "./side.ts";

/** Nodes of an image in tests. */
const NODES = 5;
const edges = fc.array(fc.tuple(fc.nat(NODES - 1), fc.nat(NODES - 1)), { maxLength: 8 });
const images = (min: number, max: number) =>
  arbitraryHoldings({ min, max, closures: false }) as fc.Arbitrary<ImageHolding[]>;
const pairs = images(2, 8).map((held) => held.slice(0, held.length & ~1));

function toSide(holding: Holding, graph: NaiveGraph["edges"], layerCount = 0): Side {
  const components = componentsOf(holding);
  const reversed = reverse(graphOf(components.length, graph));
  return {
    holding,
    components,
    listDependents: (nodes) => computeDependents(reversed, nodes),
    base: layerCount === 0 ? null : { id: `base ${layerCount}`, layerCount },
  };
}

function costPairs(holdings: readonly Holding[], graph: NaiveGraph["edges"] = []): ModelCosts[] {
  const half = holdings.length / 2;
  const chunks = { ...buildRung("file", holdings), name: "chunk" as const };
  const listed = holdings.slice(0, half).map((before, i) => {
    return { before: toSide(before, graph), after: toSide(holdings[half + i]!, graph) };
  });
  return computePairCosts(listed, chunks);
}

const find = (costs: readonly ModelCosts[], model: UpdateModel) => costs.find((each) => each.model === model)!;
/** All that needs these nodes: what they reach when every edge is turned round. */
const naiveDependents = (graph: NaiveGraph["edges"], nodes: readonly number[]) =>
  naiveReachable({ nodeCount: NODES, edges: graph.map(([from, to]) => [to, from] as const) }, nodes);

const MEASURED = {
  layers: "chain",
  "changed-layers": "layer",
  package: "package",
  file: "file",
  chunk: "file",
} as const;

describe("the cost of updates that were scanned before and after", () => {
  it("is what each did not have, and of all together what none had", () => {
    fc.assert(
      fc.property(pairs, (holdings) => {
        const half = holdings.length / 2;
        const costs = costPairs(holdings);
        for (const [model, rung] of Object.entries(MEASURED)) {
          const units = holdings.map((held) => listNaiveUnits(rung, held));
          const missing = (i: number, had: Iterable<string>) => {
            const names = new Set(had);
            return units[half + i]!.filter(([name]) => !names.has(name));
          };
          const namesOf = (i: number) => units[i]!.map(([name]) => name);
          const { each, total } = find(costs, model as UpdateModel);
          const first = [...Array(half).keys()];
          expect(each.map(({ storeBytes }) => storeBytes)).toEqual(first.map((i) => sumNaive(missing(i, namesOf(i)))));
          const had = first.flatMap(namesOf);
          expect(total.storeBytes).toBe(sumNaive(first.flatMap((i) => missing(i, had))));
        }
      }),
    );
  });

  it("pulls the blobs of layers that differ, each once", () => {
    fc.assert(
      fc.property(pairs, (holdings) => {
        const [before, after] = [holdings[0]!, holdings[holdings.length / 2]!];
        const had = new Set(before.layers.map(({ diffId }) => diffId));
        const pulled = new Map(after.layers.map(({ diffId, downloadSize }) => [diffId, downloadSize!]));
        const expected = [...pulled].reduce((sum, [diffId, bytes]) => (had.has(diffId) ? sum : sum + bytes), 0);
        expect(find(costPairs(holdings), "changed-layers").each[0]!.pullBytes).toBe(expected);
      }),
    );
  });

  it("is measured for a store: its new items are those of a store by inputs, of which grafts pull the updated ones", () => {
    const stores = arbitraryHoldings({ min: 2, max: 2 }).filter((held) => held.every(({ kind }) => kind === "closure"));
    fc.assert(
      fc.property(stores, (holdings) => {
        const [before, after] = holdings.map((held) => listNaiveUnits("package", held));
        const had = new Set(before!.map(([name]) => name));
        const expected = sumNaive(after!.filter(([name]) => !had.has(name)));
        const costs = costPairs(holdings);
        const stored = (model: UpdateModel) => find(costs, model).total.storeBytes;
        expect([stored("input-addressed"), stored("grafts"), stored("package")]).toEqual([
          expected,
          expected,
          expected,
        ]);
        expect(find(costs, "input-addressed").estimated).toBe(false);
        expect(stored("content-addressed")).toBeLessThanOrEqual(sumNaive(after!));
      }),
      { numRuns: 40 },
    );
  });

  it("is not known, or does not apply, rather than zero", () => {
    fc.assert(
      fc.property(arbitraryHoldings({ min: 2, max: 2 }), (holdings) => {
        const costs = costPairs(holdings);
        expect(find(costs, "rebase").total).toEqual({ storeBytes: null, pullBytes: null });
        const isImages = holdings.every(({ kind }) => kind === "image");
        expect(find(costs, "layers").total.storeBytes === null).toBe(!isImages);
      }),
    );
  });
});

describe("the cost of an update by layers and graph", () => {
  const questions = fc.record({
    held: images(1, 1).map(([held]) => held!),
    graph: edges,
    nodes: fc.uniqueArray(fc.nat(NODES - 1), { minLength: 1, maxLength: 2 }),
    base: fc.nat(3),
  });

  it("is that of a node and of all that needs it in a store by inputs, of which grafts pull only the node", () => {
    fc.assert(
      fc.property(questions, ({ held, graph, nodes }) => {
        const side = toSide(held, graph);
        const costs = sumGraphUnits([listGraphUnits(side, nodes)]);
        const sizeOf = (list: Iterable<number>) =>
          [...list].reduce((sum, node) => sum + side.components[node]!.selfSize, 0);
        const rebuilt = sizeOf(naiveDependents(graph, nodes));
        const stored = (model: UpdateModel) => find(costs, model).total.storeBytes;
        expect([stored("input-addressed"), stored("grafts")]).toEqual([rebuilt, rebuilt]);
        expect([stored("package"), stored("content-addressed")]).toEqual([sizeOf(nodes), sizeOf(nodes)]);
        expect(find(costs, "grafts").total.pullBytes).toBe(find(costs, "package").total.pullBytes);
        expect(stored("file")).toBeLessThanOrEqual(sizeOf(nodes));
        expect(costs.every(({ estimated, pullEstimated }) => estimated && pullEstimated)).toBe(true);
      }),
    );
  });

  it("is that of all layers from the lowest touched, or of the touched ones, and rebases only below the base's end", () => {
    fc.assert(
      fc.property(questions, ({ held, graph, nodes, base }) => {
        const layerCount = Math.min(base, held.layers.length);
        const costs = sumGraphUnits([listGraphUnits(toSide(held, graph, layerCount), nodes)]);
        const rows = [...held.bodies.owner.keys()].filter((row) => nodes.includes(held.bodies.owner[row]!));
        const touched = [...new Set(rows.map((row) => held.bodies.layer[row]!))];
        const sizes = (wanted: (position: number) => boolean, key: "chainId" | "diffId") =>
          sumNaive(held.layers.filter((_, i) => wanted(i)).map((layer) => [layer[key], layer.contentSize] as const));
        const above = sizes((i) => touched.some((layer) => i >= layer), "chainId");
        expect(find(costs, "layers").total.storeBytes).toBe(above);
        expect(find(costs, "changed-layers").total.storeBytes).toBe(sizes((i) => touched.includes(i), "diffId"));
        const canRebase = layerCount > 0 && touched.length > 0 && touched.every((layer) => layer < layerCount);
        expect(find(costs, "rebase").total.storeBytes).toBe(canRebase ? above : null);
      }),
    );
  });

  it("never stores or pulls more by a rebase than by layers, of images on each other, in whatever order", () => {
    const several = fc.record({ held: images(1, 4), bases: fc.array(fc.nat(3), { minLength: 4, maxLength: 4 }) });
    fc.assert(
      fc.property(several, fc.nat(NODES - 1), ({ held, bases }, node) => {
        const units = held.map((each, i) =>
          listGraphUnits(toSide(each, [], Math.min(bases[i]!, each.layers.length)), [node]),
        );
        const costs = sumGraphUnits(units);
        const [layers, changed, rebase] = (["layers", "changed-layers", "rebase"] as const).map(
          (model) => find(costs, model).total,
        );
        if (rebase!.storeBytes !== null) {
          expect(rebase!.storeBytes).toBeLessThanOrEqual(layers!.storeBytes!);
          expect(rebase!.pullBytes).toBeLessThanOrEqual(layers!.pullBytes!);
        }
        expect(changed!.storeBytes).toBeLessThanOrEqual(layers!.storeBytes!);
        expect(find(costs, "file").total.storeBytes).toBeLessThanOrEqual(changed!.storeBytes!);
        expect(sumGraphUnits(units.toReversed()).map(({ total }) => total)).toEqual(costs.map(({ total }) => total));
      }),
    );
  });
});
