import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { FocusListing, FocusMiddle, FocusPart, FocusPartName } from "#lib/model/focus-answer.ts";
import {
  arbitraryGraph,
  naiveComponent,
  naivePaths,
  naiveReachable,
  naiveRetained,
  sumOf,
} from "#testing/builders/graphs.ts";
import { keptGraphOf } from "#testing/builders/kept-graph.ts";
import { naiveParts, naiveWithin } from "#testing/oracles/naive-focus.ts";
import type { KeptGraph } from "../kept/graphs.ts";
import { describeMiddle, findMembers } from "./focus-middle.ts";

/** Few names, so that there are families. */
const NAMES = ["lib", "lib", "lib", "app", "doc"];

const focused = fc
  .record({
    random: fc.oneof(arbitraryGraph(10), arbitraryGraph(40)),
    draw: fc.nat(),
    steps: fc.constantFrom(1, 2, 3, Number.POSITIVE_INFINITY),
  })
  .map(({ random, draw, steps }) => {
    const names = Array.from({ length: random.nodeCount }, (_, node) => NAMES[node % NAMES.length]!);
    return { random, steps, node: draw % random.nodeCount, graph: keptGraphOf({ ...random, names }) };
  });

const noDetails = () => [];
const look = (graph: KeptGraph, node: number, question: Partial<Parameters<typeof describeMiddle>[1]> = {}) =>
  describeMiddle({ graph, node, details: noDetails }, { steps: 1, side: "both", ...question });

const PARTS: readonly FocusPartName[] = ["up", "own", "shared"];

/** All rows of a listing, page by page. */
function listAll(graph: KeptGraph, node: number, question: Parameters<typeof look>[2]): number[] {
  const pages: FocusListing[] = [];
  for (let page = 0; pages.length === 0 || page < pages[0]!.pageCount; page++) {
    const listing = { ...question!.listing!, page };
    pages.push(look(graph, node, { ...question, listing }).listing!);
  }
  const rows = pages.flatMap((page) => page.rows.map((row) => row.node.nodeIndex));
  expect(pages[0]!.count).toBe(rows.length);
  return rows;
}

function partOf(middle: FocusMiddle, name: FocusPartName): FocusPart {
  return middle[name]!;
}

describe("the parts around a node, on graphs with cycles, several roots and unreachable nodes", () => {
  it("have the members that removing nodes and sweeping edges finds, those that retain most first", () => {
    fc.assert(
      fc.property(focused, ({ random, graph, node, steps }) => {
        const naive = naiveParts(random, graph.roots, node, steps);
        for (const part of PARTS) {
          const listed = listAll(graph, node, { steps, listing: { part, page: 0 } });
          const sizeOf = (other: number) => sumOf(naiveRetained(random, graph.roots, other), random.weights);
          expect(listed).toEqual([...naive[part]].sort((a, b) => sizeOf(b) - sizeOf(a) || a - b));
          expect(partOf(look(graph, node, { steps }), part).count).toBe(naive[part].size);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("count what reaches it and what it reaches, its roots and its cycle", () => {
    fc.assert(
      fc.property(focused, ({ random, graph, node }) => {
        const reaching = naiveWithin(
          random.edges.map(([from, to]) => [to, from]),
          node,
          Number.POSITIVE_INFINITY,
        );
        const others = (ends: (readonly [number, number])[]) =>
          new Set(ends.map(([, other]) => other).filter((other) => other !== node)).size;
        expect(look(graph, node)).toMatchObject({
          keptCount: naiveRetained(random, graph.roots, node).size - 1,
          reachedCount: naiveReachable(random, [node]).size - 1,
          reachingCount: reaching.size,
          rootCount: [...graph.roots].filter((root) => root === node || reaching.has(root)).length,
          cycleCount: naiveComponent(random, node).size - 1,
          needs: others(random.edges.filter(([from]) => from === node)),
          neededBy: others(random.edges.filter(([, to]) => to === node).map(([from, to]) => [to, from])),
        });
      }),
    );
  });

  it("account for every member: in a row, in a family, or in a class of the rest", () => {
    fc.assert(
      fc.property(focused, fc.constantFrom("both" as const, "own" as const), ({ graph, node, steps }, side) => {
        const middle = look(graph, node, { steps, side });
        for (const name of side === "own" ? (["own"] as const) : PARTS) {
          const { rows, rest, count } = partOf(middle, name);
          const shown = rows.reduce((sum, { family }) => sum + (family?.count ?? 1), 0);
          const classes = rest?.classes.map((each) => each.count) ?? [];
          expect(shown + classes.reduce((sum, each) => sum + each, 0)).toBe(count);
          expect(rest?.count ?? 0).toBe(count - shown);
          for (const [sizeClass, expected] of classes.entries()) {
            const listed = listAll(graph, node, { steps, side, listing: { part: name, sizeClass, page: 0 } });
            expect(listed).toHaveLength(expected);
            const { from, to = Number.POSITIVE_INFINITY } = rest!.classes[sizeClass]!;
            for (const each of listed) {
              expect(graph.retainedSize[each]).toBeGreaterThanOrEqual(from);
              expect(graph.retainedSize[each]).toBeLessThan(to);
            }
          }
        }
      }),
    );
  });

  it("give a family the bytes that its members keep together, and list exactly its members", () => {
    fc.assert(
      fc.property(focused, ({ random, graph, node }) => {
        for (const part of PARTS) {
          for (const { family, node: largest, depth } of partOf(look(graph, node), part).rows) {
            if (family === undefined || depth > 0) continue;
            const listing = { part, name: largest.name, page: 0 };
            const listed = listAll(graph, node, { listing });
            const top = part === "own" ? listed.filter((other) => graph.dominator[other] === node) : listed;
            expect(family.count).toBe(top.length);
            const kept = new Set(top.flatMap((other) => [...naiveRetained(random, graph.roots, other)]));
            expect(family.retainedSize).toBe(sumOf(kept, random.weights));
            expect(family.selfSize).toBe(sumOf(top, random.weights));
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it("put a row below the one that leads to it, and call partners of a cycle so on both sides", () => {
    fc.assert(
      fc.property(focused, ({ random, graph, node, steps }) => {
        const cycle = naiveComponent(random, node);
        const middle = look(graph, node, { steps });
        for (const part of PARTS) {
          const path: number[] = [];
          for (const row of partOf(middle, part).rows) {
            path.length = row.depth;
            const above = path.at(-1) ?? node;
            const [from, to] = part === "up" ? [row.node.nodeIndex, above] : [above, row.node.nodeIndex];
            const isEdge = random.edges.some((edge) => edge[0] === from && edge[1] === to);
            expect(row.evidence).toBe(isEdge ? "observed" : undefined);
            // A dominator need not refer to what it keeps; a step is an edge.
            if (part !== "own" && row.depth > 0) expect(isEdge).toBe(true);
            expect(row.cycle).toBe(cycle.has(row.node.nodeIndex));
            path.push(row.node.nodeIndex);
          }
        }
      }),
    );
  });

  it("lead to it by a shortest path from a root, and by one between any two nodes", () => {
    fc.assert(
      fc.property(focused, fc.nat(), ({ random, graph, node }, draw) => {
        fc.pre(random.nodeCount <= 8);
        const lengthOf = (starts: readonly number[], end: number) => naivePaths(random, starts, end)[0]?.length;
        const other = draw % random.nodeCount;
        const { way, path } = look(graph, node, { to: `${other}` });
        expect((way?.first.length ?? 0) + (way?.omitted ?? 0) + (way?.last.length ?? 0) + 1).toBe(
          lengthOf([...graph.roots], node),
        );
        const forward = lengthOf([node], other);
        expect(path!.direction).toBe(
          forward !== undefined ? "from" : lengthOf([other], node) === undefined ? undefined : "to",
        );
        expect(path!.path?.first.length).toBe(forward ?? lengthOf([other], node));
      }),
    );
  });
});

const chain = (length: number) => {
  const edges = Array.from({ length: length - 1 }, (_, node): [number, number] => [node, node + 1]);
  const names = Array.from({ length }, (_, node) => `link ${node}`);
  return keptGraphOf({ nodeCount: length, edges, names, roots: [0], weights: new Float64Array(length).fill(1) });
};

describe("a listing", () => {
  it("is in the order asked for, page by page, and the same rows as a file", () => {
    const sorts = fc.constantFrom("name" as const, "self" as const, "closure" as const, "retained" as const);
    fc.assert(
      fc.property(focused, sorts, fc.constantFrom("asc" as const, "desc" as const), (drawn, sort, direction) => {
        const { graph, node } = drawn;
        const question = { steps: 3, side: "both", listing: { part: "up", sort, direction, page: 0 } } as const;
        const keyOf = ({ name, selfSize, closureSize, retainedSize }: FocusMiddle["node"]) =>
          ({ name, self: selfSize, closure: closureSize, retained: retainedSize })[sort];
        const listed = listAll(graph, node, question);
        const keys = listed.map((other) => keyOf(graph.nodes[other]!));
        const sorted = keys.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0));
        expect(keys).toEqual(direction === "asc" ? sorted : sorted.toReversed());
        const inFile = findMembers({ graph, node, details: noDetails }, question);
        expect(inFile.map(({ nodeIndex }) => nodeIndex)).toEqual(listed);
      }),
    );
  });

  it("as a file of everything has each part, one after the other", () => {
    fc.assert(
      fc.property(focused, ({ random, graph, node, steps }) => {
        const naive = naiveParts(random, graph.roots, node, steps);
        const members = findMembers({ graph, node, details: noDetails }, { steps, side: "both" });
        const found = Map.groupBy(members, ({ part }) => part);
        for (const part of PARTS) {
          expect(new Set(found.get(part)?.map(({ nodeIndex }) => nodeIndex))).toEqual(naive[part]);
        }
        expect(members).toHaveLength(naive.up.size + naive.own.size + naive.shared.size);
      }),
    );
  });
});

describe("the edges of what can be asked", () => {
  it("is a family whose members retain each other: no byte counts twice", () => {
    // 0 → 1 → 2 → 3, all of one name; each refers to 4.
    const edges: [number, number][] = [0, 1, 2].map((node) => [node, node + 1]);
    for (const node of [0, 1, 2, 3]) edges.push([node, 4]);
    const names = ["lib", "lib", "lib", "lib", "x"];
    const weights = Float64Array.of(1, 2, 4, 8, 16);
    const { up } = look(keptGraphOf({ nodeCount: 5, edges, names, roots: [0], weights }), 4);
    expect(up!.rows).toMatchObject([{ family: { count: 4, selfSize: 15, retainedSize: 31, first: "0", last: "3" } }]);
  });

  it("is a text with a meaning in regular expressions: it is only a text", () => {
    const listed = (text: string) => look(chain(3), 0, { listing: { part: "own", text, page: 0 } }).listing!.count;
    expect([".*", "[", "link (1)", "k 1", "-"].map(listed)).toEqual([0, 0, 0, 1, 2]);
  });

  it("is a node alone: nothing needs it, it needs nothing", () => {
    const middle = look(chain(1), 0);
    expect(middle).toMatchObject({
      needs: 0,
      neededBy: 0,
      way: undefined,
      up: { count: 0, rows: [], rest: undefined },
    });
  });

  it("cuts a long path to its ends, and says how many nodes are between", () => {
    const { way } = look(chain(200), 199);
    expect(way).toMatchObject({ omitted: 194 });
    expect([...way!.first, ...way!.last].map(({ node }) => node.nodeIndex)).toEqual([0, 1, 196, 197, 198]);
    expect(look(chain(7), 6).way).toMatchObject({ omitted: 0, last: [] });
  });

  it("finds the other end of a path by its name, and lists the nodes if several have it", () => {
    const graph = chain(30);
    expect(look(graph, 3, { to: "link 29" }).path).toMatchObject({ to: { nodeIndex: 29 }, direction: "from" });
    expect(look(graph, 3, { to: "link 2" }).path).toMatchObject({ to: undefined, matchCount: 11 });
    expect(look(graph, 3, { to: "nothing" }).path).toMatchObject({ to: undefined, matchCount: 0, matches: [] });
  });

  it("filters a part by text in names and ids, whatever the case", () => {
    const { listing } = look(chain(30), 0, { listing: { part: "own", text: "LINK 1", page: 9 } });
    expect(listing).toMatchObject({ count: 11, page: 0, pageCount: 1 });
  });
});
