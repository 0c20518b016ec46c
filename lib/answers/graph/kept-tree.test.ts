import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { completeRoots } from "#lib/graph/complete-roots.ts";
import type { KeptPart, KeptTreeAnswer } from "#lib/model/kept-tree.ts";
import {
  arbitraryGraph,
  naiveComponent,
  naiveReachable,
  naiveRetained,
  type RandomGraph,
  sumOf,
} from "#testing/builders/graphs.ts";
import { keptGraphOf } from "#testing/builders/kept-graph.ts";
import type { KeptGraph } from "../kept/graphs.ts";
import { describeTree, type KeptTreeQuestion } from "./kept-tree.ts";

/** Few names, so that there are families. */
const NAMES = ["lib", "lib", "lib", "app", "doc"];

const graphs = fc.oneof(arbitraryGraph(10), arbitraryGraph(40)).map((random) => {
  const names = Array.from({ length: random.nodeCount }, (_, node) => NAMES[node % NAMES.length]!);
  return { random, graph: keptGraphOf({ ...random, names }) };
});

const ALL: KeptTreeQuestion = {
  from: 0,
  parts: { top: 1000, inner: 1000, levels: 1000, all: 10_000, minShare: 0 },
  rows: { sort: "retained", direction: "desc", limit: 1000 },
  cycles: 1000,
};
const CUT: KeptTreeQuestion = { ...ALL, parts: { top: 2, inner: 2, levels: 3, all: 12, minShare: 0 } };

const ask = (graph: KeptGraph, question: Partial<KeptTreeQuestion> = {}) =>
  describeTree(graph, { ...ALL, ...question });

function flatten(parts: readonly KeptPart[]): KeptPart[] {
  return parts.flatMap((part) => [part, ...flatten(part.parts)]);
}

function expectConserved({ parts, size }: KeptTreeAnswer | Omit<KeptTreeAnswer, "unit">): void {
  expect(sizeOf(parts)).toBe(size);
  for (const part of flatten(parts)) if (part.parts.length > 0) expect(sizeOf(part.parts)).toBe(part.size);
}

function sizeOf(parts: readonly KeptPart[]): number {
  return parts.reduce((sum, { size }) => sum + size, 0);
}

/** By removing each node: the nodes that go with `by`, itself included. */
function naiveKept({ random, graph }: { random: RandomGraph; graph: KeptGraph }, by: number): Set<number> {
  return naiveRetained(random, completeRoots(random.graph, graph.roots), by);
}

describe("the tree of what keeps what", () => {
  it("has each node once, inside every node that keeps it, as removing those shows", () => {
    fc.assert(
      fc.property(graphs, ({ random, graph }) => {
        for (const node of [undefined, ...graph.nodes.keys()]) {
          const answer = ask(graph, { node });
          const kept = node === undefined ? new Set(graph.nodes.keys()) : naiveKept({ random, graph }, node);
          const nodes = flatten(answer.parts).filter((part) => part.type === "node");
          const listed = nodes.map((part) => part.node.nodeIndex);
          expect(new Set([...listed, ...(node === undefined ? [] : [node])])).toEqual(kept);
          expect(listed).toHaveLength(new Set(listed).size);
          expectConserved(answer);
          for (const part of nodes) {
            const inside = flatten(part.parts).filter(({ type }) => type === "node");
            expect(inside.length + 1).toBe(naiveKept({ random, graph }, part.node.nodeIndex).size);
            expect(part.node.keptCount).toBe(inside.length);
          }
        }
      }),
    );
  });

  it("cuts parts to the largest and loses no byte, and what is cut off opens", () => {
    fc.assert(
      fc.property(graphs, fc.nat(), ({ graph }, draw) => {
        const node = draw % (graph.nodes.length + 1);
        const answer = ask(graph, { ...CUT, node: node === graph.nodes.length ? undefined : node });
        expectConserved(answer);
        for (const part of flatten(answer.parts)) {
          if (part.type === "others") {
            const opened = ask(graph, { node: part.within?.nodeIndex, family: part.family, from: part.from });
            expect([opened.rows.count, opened.size]).toEqual([part.count, part.size]);
            expectConserved(opened);
          }
          if (part.type === "family") {
            const opened = ask(graph, { node: part.within?.nodeIndex, family: part.name });
            expect([opened.rows.count, opened.size]).toEqual([part.count, part.size]);
            expect(part.count).toBeGreaterThanOrEqual(4);
          }
        }
      }),
    );
  });

  it("has no more parts than asked for, beyond those of the part that it divided last", () => {
    fc.assert(
      fc.property(graphs, ({ graph }) => {
        const { all, inner } = CUT.parts;
        expect(flatten(ask(graph, CUT).parts).length).toBeLessThan(all + inner + 3);
      }),
    );
  });

  it("leads to a node through all that keep it", () => {
    fc.assert(
      fc.property(graphs, fc.nat(), ({ random, graph }, draw) => {
        const node = draw % graph.nodes.length;
        const path = ask(graph, { node }).path.map(({ nodeIndex }) => nodeIndex);
        const keepers = [...graph.nodes.keys()].filter((by) => naiveKept({ random, graph }, by).has(node));
        expect(new Set(path)).toEqual(new Set(keepers));
        expect(path.at(-1)).toBe(node);
      }),
    );
  });
});

describe("nodes that need each other", () => {
  it("are those that reach each other, with what removing all and one of them frees", () => {
    fc.assert(
      fc.property(graphs, ({ random, graph }) => {
        const { rows, count } = ask(graph).cycles;
        const naive = new Set(
          [...graph.nodes.keys()]
            .map((node) => [...naiveComponent(random, node)].sort((a, b) => a - b))
            .filter((members) => members.length > 1)
            .map((members) => members.join(" ")),
        );
        expect(count).toBe(naive.size);
        const roots = completeRoots(random.graph, graph.roots);
        for (const { key, members, together, alone } of rows) {
          const all = [...naiveComponent(random, key)];
          expect(members.every(({ nodeIndex, cycle }) => all.includes(nodeIndex) && cycle === key)).toBe(true);
          const left = naiveReachable(
            random,
            roots.filter((root) => !all.includes(root)),
            (node) => !all.includes(node),
          );
          const gone = [...graph.nodes.keys()].filter((node) => !left.has(node));
          expect(together).toBe(sumOf(gone, random.weights));
          const each = new Set(all.flatMap((member) => [...naiveKept({ random, graph }, member)]));
          expect(alone).toBe(sumOf(each, random.weights));
        }
      }),
    );
  });
});
