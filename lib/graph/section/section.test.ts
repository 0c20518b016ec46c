import { readFileSync } from "node:fs";
import { zstdDecompressSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { arbitraryGraph, graphOf, type NaiveGraph, naiveRetained, storeLikeGraph } from "#testing/builders/graphs.ts";
import { readStore, withStore } from "#testing/builders/store-database.ts";
import { naiveClass, naiveReach, risingEdges, stratumOfNodes } from "#testing/oracles/section.ts";
import { sharedData } from "#testing/run/shared-data.ts";
import { completeRoots } from "../complete-roots.ts";
import type { Graph } from "../graph.ts";
import { computeRetainedSizes } from "../retained-sizes.ts";
import { areaOf, computeSection, type Section } from "./section.ts";

function sectionOf(graph: Graph, roots: readonly number[], selfSize: Float64Array): Section {
  const all = completeRoots(graph, roots);
  const { dominator } = computeRetainedSizes(graph, all, selfSize);
  return computeSection({ graph, roots: all, selfSize, dominator });
}

const sectionOfRandom = fc.tuple(fc.oneof(arbitraryGraph(), arbitraryGraph(40)), fc.boolean()).map(([random, one]) => {
  // Half of the graphs have one root above all others, as most closures do.
  const { nodeCount, edges } = random;
  const whole = one ? addRoot(random, completeRoots(random.graph, random.roots)) : { nodeCount, edges };
  const weights = Float64Array.from({ length: whole.nodeCount }, (_, node) => random.weights[node] ?? 7);
  const roots = one ? [nodeCount] : [...random.roots];
  return { ...whole, weights, section: sectionOf(graphOf(whole.nodeCount, whole.edges), roots, weights), roots };
});

function addRoot({ nodeCount, edges }: NaiveGraph, roots: Int32Array): NaiveGraph {
  const added = Array.from(roots, (root): [number, number] => [nodeCount, root]);
  return { nodeCount: nodeCount + 1, edges: [...edges, ...added] };
}

/** What the section counts by: read from its definition, not from `findStarts`. */
function naiveStarts({ nodeCount, edges }: NaiveGraph, roots: readonly number[]): number[] {
  let starts = [...completeRoots(graphOf(nodeCount, edges), roots)];
  const first = starts;
  const passed = new Set<number>();
  while (starts.length === 1) {
    passed.add(starts[0]!);
    starts = [...new Set(edges.filter(([from]) => from === starts[0]).map(([, to]) => to))].filter(
      (to) => !passed.has(to),
    );
  }
  return starts.length === 0 ? first : starts;
}

describe("computeSection", () => {
  it("lists every node once, with its bytes and the number of starts that reach it", () => {
    fc.assert(
      fc.property(sectionOfRandom, ({ section, roots, weights, ...graph }) => {
        const starts = naiveStarts(graph, roots);
        const reach = naiveReach(graph, starts);
        expect(section.startCount).toBe(starts.length);
        expect([...section.nodeAt].sort((a, b) => a - b)).toEqual([...weights.keys()]);
        expect([...section.reach]).toEqual([...section.nodeAt].map((node) => reach[node]));
        expect([...section.selfSize]).toEqual([...section.nodeAt].map((node) => weights[node]));
      }),
    );
  });

  it("keeps the classes of the definition in their order, joined or not", () => {
    fc.assert(
      fc.property(sectionOfRandom, ({ section, roots, ...graph }) => {
        const reach = naiveReach(graph, naiveStarts(graph, roots));
        const stratumOf = stratumOfNodes(section);
        const classes = reach.map((count) => naiveClass(count, section.startCount));
        for (const [a, first] of classes.entries()) {
          for (const [b, second] of classes.entries()) {
            if (first === second) expect(stratumOf[a]).toBe(stratumOf[b]);
            if (first < second) expect(stratumOf[a]).toBeLessThanOrEqual(stratumOf[b]!);
          }
        }
        for (const [node, count] of reach.entries()) {
          const { from, to } = section.strata[stratumOf[node]!]!;
          expect(Math.max(1, count) >= from && count <= to).toBe(true);
        }
      }),
    );
  });

  it("lets references lead to the same stratum or a deeper one", () => {
    fc.assert(
      fc.property(sectionOfRandom, ({ edges, section }) => {
        expect(risingEdges(edges, section)).toEqual([]);
      }),
    );
  });

  it("keeps what leaves with a node in its stratum, and in its frame", () => {
    fc.assert(
      fc.property(sectionOfRandom, ({ section, roots, weights: _, ...graph }) => {
        const all = completeRoots(graphOf(graph.nodeCount, graph.edges), roots);
        const stratumOf = stratumOfNodes(section);
        for (const [position, node] of section.nodeAt.entries()) {
          if (section.above.includes(node)) continue;
          const kept = naiveRetained(graph, all, node);
          expect(new Set([...kept].map((other) => stratumOf[other]))).toEqual(new Set([stratumOf[node]]));
          expect(new Set(section.nodeAt.subarray(position, section.endOf[position]))).toEqual(kept);
        }
      }),
    );
  });

  it("gives each node an area in proportion to its bytes, inside its frame", () => {
    fc.assert(
      fc.property(sectionOfRandom, ({ section }) => {
        for (const rectangles of [section.wide, section.tall]) {
          for (const { first, end } of section.strata) checkAreas(section, rectangles, first, end);
        }
      }),
    );
  });

  it("is the same for the same graph", () => {
    const weights = Float64Array.from({ length: 500 }, (_, node) => 1 + ((node * 7919) % 1000));
    expect(sectionOf(storeLikeGraph(500, 4), [], weights)).toEqual(sectionOf(storeLikeGraph(500, 4), [], weights));
  });

  it("survives a chain of one root, as long as any", () => {
    const length = 100_000;
    const chain = graphOf(
      length,
      Array.from({ length: length - 1 }, (_, i): [number, number] => [i, i + 1]),
    );
    const section = sectionOf(chain, [0], new Float64Array(length).fill(1));
    expect(section).toMatchObject({ startCount: 1, strata: [{ from: 1, to: 1, first: 0, end: length }] });
    expect(section.endOf[0]).toBe(length);
  });

  it("lays out 100,000 nodes and 400,000 references in a second", () => {
    const graph = storeLikeGraph(100_000, 4);
    const weights = Float64Array.from({ length: graph.nodeCount }, (_, node) => 1 + ((node * 7919) % 100_003));
    const roots = completeRoots(graph, []);
    const { dominator } = computeRetainedSizes(graph, roots, weights);
    const begun = process.cpuUsage();
    computeSection({ graph, roots, selfSize: weights, dominator });
    // Of the processor, because other tests run at the same time: `npm run bench -- views` measures alone.
    const { user, system } = process.cpuUsage(begun);
    expect((user + system) / 1000).toBeLessThan(4000);
  });
});

/** Σ areas inside a frame or stratum, and the place of each rectangle in its frame. */
function checkAreas({ endOf, selfSize }: Section, rectangles: Float32Array, first: number, end: number): void {
  const weigh = (from: number, to: number) =>
    selfSize.subarray(from, to).reduce((sum, bytes) => sum + areaOf(bytes), 0);
  const total = weigh(first, end);
  const frames = [{ end, left: 0, top: 0, right: 1, bottom: 1 }];
  for (let position = first; position < end; position++) {
    while (frames.at(-1)!.end <= position) frames.pop();
    const frame = frames.at(-1)!;
    const [left, top, right, bottom] = rectangles.subarray(4 * position, 4 * position + 4) as unknown as [
      number,
      number,
      number,
      number,
    ];
    expect((right - left) * (bottom - top)).toBeCloseTo(weigh(position, endOf[position]!) / total, 5);
    expect(Math.min(left - frame.left, top - frame.top, frame.right - right, frame.bottom - bottom)).toBeGreaterThan(
      -1e-6,
    );
    frames.push({ end: endOf[position]!, left, top, right, bottom });
  }
}

const NIX = sharedData("nix/nixpkgs-15.09-drv/db.sqlite.zst");
const GUIX = sharedData("guix/db.sqlite");

describe.skipIf(NIX === undefined || GUIX === undefined)("computeSection of real stores", () => {
  it("divides nixpkgs into five strata, with no exception", () => {
    const { section, edges } = sectionOfStore(zstdDecompressSync(readFileSync(NIX!)));
    expect(risingEdges(edges, section)).toEqual([]);
    expect(section.startCount).toBe(123);
    expect(section.strata).toEqual([
      { from: 1, to: 1, first: 0, end: 2568 },
      { from: 2, to: 2, first: 2568, end: 3204 },
      { from: 3, to: 5, first: 3204, end: 4030 },
      { from: 6, to: 30, first: 4030, end: 4705 },
      { from: 31, to: 123, first: 4705, end: 4980 },
    ]);
  });

  it("has no exception in a Guix store", () => {
    const { section, edges } = sectionOfStore(readFileSync(GUIX!));
    expect(risingEdges(edges, section)).toEqual([]);
  });
});

function sectionOfStore(body: Uint8Array) {
  const { nodeCount, edges, weights } = withStore(body, readStore);
  return { section: sectionOf(graphOf(nodeCount, edges), [], weights), edges };
}
