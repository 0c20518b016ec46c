import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { arbitraryGraph, graphOf, naiveComponent } from "#testing/builders/graphs.ts";
import { condense } from "./condensation.ts";
import { computeStrongComponents } from "./strong-components.ts";

describe("computeStrongComponents", () => {
  it("puts two nodes together exactly when each reaches the other", () => {
    fc.assert(
      fc.property(arbitraryGraph(), (random) => {
        const { component } = computeStrongComponents(random.graph);
        for (let node = 0; node < random.nodeCount; node++) {
          const together = new Set([...component.keys()].filter((other) => component[other] === component[node]));
          expect(together).toEqual(naiveComponent(random, node));
        }
      }),
    );
  });

  it("numbers components against the edges", () => {
    fc.assert(
      fc.property(arbitraryGraph(), ({ graph, edges }) => {
        const { component, count } = computeStrongComponents(graph);
        for (const [from, to] of edges) expect(component[from]).toBeGreaterThanOrEqual(component[to]!);
        expect(new Set(component)).toEqual(new Set(Array.from({ length: count }, (_, c) => c)));
      }),
    );
  });

  it("survives a chain and a cycle far longer than the call stack", () => {
    const length = 300_000;
    const chain = Array.from({ length: length - 1 }, (_, i): [number, number] => [i, i + 1]);
    expect(computeStrongComponents(graphOf(length, chain)).count).toBe(length);
    expect(computeStrongComponents(graphOf(length, [...chain, [length - 1, 0]])).count).toBe(1);
  });
});

describe("condense", () => {
  it("has each edge between two components once, from the higher number to the lower", () => {
    fc.assert(
      fc.property(arbitraryGraph(), ({ graph, edges }) => {
        const { graph: components, component } = condense(graph);
        const expected = new Set(
          edges
            .map(([from, to]) => [component[from]!, component[to]!])
            .filter(([a, b]) => a !== b)
            .map((pair) => pair.join()),
        );
        const pairs: string[] = [];
        for (let c = 0; c < components.nodeCount; c++) {
          const row = [...components.targets.subarray(components.offsets[c]!, components.offsets[c + 1]!)];
          expect(row).toEqual(row.toSorted((a, b) => a - b));
          for (const to of row) expect(to).toBeLessThan(c);
          pairs.push(...row.map((to) => `${c},${to}`));
        }
        expect(pairs.length).toBe(expected.size);
        expect(new Set(pairs)).toEqual(expected);
      }),
    );
  });

  it("lists the members of every component ascending", () => {
    const { component, members, memberOffsets } = condense(
      graphOf(4, [
        [3, 1],
        [1, 3],
        [0, 1],
      ]),
    );
    const cycle = component[1]!;
    expect([...members.subarray(memberOffsets[cycle]!, memberOffsets[cycle + 1]!)]).toEqual([1, 3]);
  });
});
