import { describe, expect, it } from "vitest";
import { cutRanks } from "#lib/graph/layered/cut-ranks.ts";
import { computeRanks } from "#lib/graph/ranks.ts";
import { computeStrongComponents } from "#lib/graph/strong-components.ts";
import type { Overview, OverviewColumn, OverviewNode } from "#lib/model/overview.ts";
import { graphOf, seededRandom } from "#testing/builders/graphs.ts";
import { placeOverview } from "./place-overview.ts";
import type { Area } from "./placed.ts";
import { OVERVIEW_SHAPES } from "./shapes.ts";

type Edges = readonly (readonly [number, number])[];

/** An overview of a graph with one column a rank, up to nine. */
function overviewOf(nodeCount: number, edges: Edges, opened: readonly number[] = []): Overview {
  const graph = graphOf(nodeCount, edges);
  const rank = computeRanks(graph, []);
  const { component } = computeStrongComponents(graph);
  const joined = new Set(edges.filter(([from, to]) => from !== to).flat());
  const nodes = Array.from({ length: nodeCount }, (_, nodeIndex): OverviewNode => {
    const cycle = component.filter((other) => other === component[nodeIndex]).length > 1 ? component[nodeIndex]! : -1;
    return {
      ...{
        nodeIndex,
        id: `id ${nodeIndex}`,
        kind: "deb",
        name: `package-${nodeIndex}`,
        version: "1.0",
        root: nodeIndex === 0,
      },
      ...{
        selfSize: 10 + nodeIndex,
        closureSize: 0,
        retainedSize: 1000 - nodeIndex,
        keptCount: 0,
        reach: 1,
        layer: -1,
      },
      ...{ rank: rank[nodeIndex]!, order: nodeIndex, cycle, referrerCount: 0 },
      referenceCount: edges.filter(([from]) => from === nodeIndex).length,
    };
  });
  const toColumn = (members: readonly number[], i: number): OverviewColumn => ({
    ...{ first: rank[members[0] ?? 0] ?? 0, last: rank[members[0] ?? 0] ?? 0, count: members.length, nodes: members },
    bytes: members.reduce((sum, node) => sum + nodes[node]!.selfSize, 0),
    opened: opened.filter((column) => column === i).length,
  });
  const counts: number[] = [];
  for (const node of joined) counts[rank[node]!] = (counts[rank[node]!] ?? 0) + 1;
  const starts = cutRanks(
    Array.from(counts, (count) => count ?? 0),
    9,
  );
  const columnOf = (node: number) => starts.findLastIndex((start) => start <= rank[node]!);
  const members = starts.map((_, i) => [...joined].filter((node) => columnOf(node) === i).sort((a, b) => a - b));
  const columns = members.map(toColumn);
  const alone = toColumn(
    nodes.map(({ nodeIndex }) => nodeIndex).filter((node) => !joined.has(node)),
    starts.length,
  );
  const sums = { nodeCount, edgeCount: edges.length, matchingCount: nodeCount, matchingEdges: edges.length };
  const distinct = [...new Map(edges.filter(([from, to]) => from !== to).map((edge) => [edge.join(), edge])).values()];
  return {
    ...{ nodes, columns, alone, wanted: [], rootCount: 1, unit: "bytes", ...sums },
    edges: distinct.map(([from, to]) => ({ from, to, evidence: "declared" })),
  };
}

/** Each node needs some later ones, near and far; the last ones are hubs. */
function layeredEdges(nodeCount: number, perNode: number, seed: number): Edges {
  const random = seededRandom(seed);
  return Array.from({ length: nodeCount * perNode }, (_, i): [number, number] => {
    const from = Math.floor(i / perNode);
    const far = random() < 0.3;
    return [
      from,
      Math.min(
        nodeCount - 1,
        far ? nodeCount - 1 - Math.floor(random() * 4) : from + 5 + Math.floor(random() * nodeCount * 0.2),
      ),
    ];
  });
}

const [wide, low, medium, tall] = OVERVIEW_SHAPES;
const star: Edges = Array.from({ length: 60 }, (_, i) => [i + 1, 0]);
const GRAPHS: readonly (readonly [string, Overview])[] = [
  ["one node", overviewOf(1, [])],
  ["two nodes", overviewOf(2, [[0, 1]])],
  ["nodes without edges", overviewOf(700, [])],
  ["a star", overviewOf(61, star)],
  [
    "a cycle",
    overviewOf(6, [
      [0, 1],
      [1, 2],
      [2, 1],
      [2, 3],
      [3, 2],
      [4, 1],
    ]),
  ],
  ["a hundred nodes", overviewOf(100, layeredEdges(100, 3, 1))],
  ["eight hundred nodes", overviewOf(800, layeredEdges(800, 4, 2))],
  ["eight hundred nodes with groups open", overviewOf(800, layeredEdges(800, 4, 2), [0, 1, 1, 3])],
];

function overlaps(a: Area, b: Area): boolean {
  const [slack, width, height] = [
    0.2,
    Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x),
    Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y),
  ];
  return width > slack && height > slack;
}

/** Points of a path of lines and cubic curves. */
function pointsOf(path: string): { x: number; y: number }[] {
  let at = { x: 0, y: 0 };
  return [...path.matchAll(/([MLC])([^MLC]*)/g)].flatMap(([, command, text]) => {
    const [a, b, c, d, e, f] = text!.trim().split(/[ ,]+/).map(Number);
    const from = at;
    const end = command === "C" ? { x: e!, y: f! } : { x: a!, y: b! };
    at = end;
    if (command === "M") return [];
    return Array.from({ length: 21 }, (_, i) => {
      const t = i / 20;
      if (command === "L") return { x: from.x + (end.x - from.x) * t, y: from.y + (end.y - from.y) * t };
      const mix = (p: number, q: number, r: number, s: number) =>
        (1 - t) ** 3 * p + 3 * (1 - t) ** 2 * t * q + 3 * (1 - t) * t ** 2 * r + t ** 3 * s;
      return { x: mix(from.x, a!, c!, end.x), y: mix(from.y, b!, d!, end.y) };
    });
  });
}

for (const [name, overview] of GRAPHS) {
  for (const shape of OVERVIEW_SHAPES) {
    describe(`${name}, ${shape.name}`, () => {
      const placed = placeOverview(overview, shape);

      it("draws every node, or counts it in one group with its bytes, and groups none alone", () => {
        const drawn = new Set(placed.boxes.map(({ nodeIndex }) => nodeIndex));
        expect(drawn.size).toBe(placed.boxes.length);
        const grouped = placed.groups.reduce((sum, { count }) => sum + count, 0);
        expect(drawn.size + grouped).toBe(overview.nodeCount);
        const bytes = overview.nodes.reduce((sum, { selfSize }) => sum + selfSize, 0);
        const shown = [...drawn].reduce((sum, node) => sum + overview.nodes[node]!.selfSize, 0);
        expect(shown + placed.groups.reduce((sum, group) => sum + group.bytes, 0)).toBe(bytes);
        for (const { count } of placed.groups) expect(count).toBeGreaterThan(1);
      });

      it("overlaps no boxes, and leads no line through one", () => {
        const areas = [...placed.boxes, ...placed.groups];
        for (const [i, a] of areas.entries()) for (const b of areas.slice(i + 1)) expect(overlaps(a, b)).toBe(false);
        const inner = areas.map(({ x, y, width, height }) => ({
          x: x + 1,
          y: y + 1,
          width: width - 2,
          height: height - 2,
        }));
        for (const { path } of placed.lines) {
          for (const { x, y } of pointsOf(path)) {
            expect(inner.some((box) => overlaps({ x, y, width: 0.5, height: 0.5 }, box))).toBe(false);
          }
        }
      });

      it("leads each line on, from left to right or from top to bottom", () => {
        for (const { from, to, drawn } of placed.edges) {
          if (drawn === "line") expect(placed.boxes[from]!.layer).toBeLessThan(placed.boxes[to]!.layer);
        }
      });

      it("is the same every time", () => {
        expect(placeOverview(overview, shape)).toEqual(placed);
      });
    });
  }
}

describe("placeOverview", () => {
  it("draws a hundred nodes whole in a wide window, and fits them", () => {
    const placed = placeOverview(overviewOf(100, layeredEdges(100, 3, 1)), wide);
    expect(placed.boxes).toHaveLength(100);
    expect([placed.width, placed.height]).toEqual([wide.width, wide.height]);
  });

  it("shows the size of every large node, however long the names of its column are", () => {
    for (const [, overview] of GRAPHS)
      for (const shape of OVERVIEW_SHAPES) {
        const { boxes, fullBar, largeFrom } = placeOverview(overview, shape);
        expect(largeFrom).toBe(Math.ceil(fullBar / 4));
        for (const { nodeIndex, large, sized } of boxes) {
          expect(large).toBe(overview.nodes.find((node) => node.nodeIndex === nodeIndex)!.retainedSize >= largeFrom);
          if (large) expect(sized).toBe(true);
        }
      }
  });

  it("fits every shape before a group is opened", () => {
    const overview = overviewOf(800, layeredEdges(800, 4, 2));
    for (const shape of [wide, low, medium, tall]) {
      const { width, height } = placeOverview(overview, shape);
      expect(width).toBeLessThanOrEqual(shape.width);
      expect(height).toBeLessThanOrEqual(shape.height);
    }
  });

  it("draws one stem to a node that all others need", () => {
    const placed = placeOverview(overviewOf(61, star), wide);
    expect(new Set(placed.lines.map(({ target }) => placed.boxes[target]!.nodeIndex))).toEqual(new Set([0]));
    expect(Math.max(...placed.lines.map(({ width }) => width))).toBeGreaterThan(4);
  });

  it("keeps the order of older boxes when a group opens, and marks the new ones", () => {
    const edges = layeredEdges(800, 4, 2);
    const [before, after] = [
      placeOverview(overviewOf(800, edges), wide),
      placeOverview(overviewOf(800, edges, [2]), wide),
    ];
    const known = new Set(before.boxes.map(({ nodeIndex }) => nodeIndex));
    const order = ({ boxes }: typeof before) =>
      boxes
        .filter(({ nodeIndex }) => known.has(nodeIndex))
        .toSorted((a, b) => a.layer - b.layer || a.y - b.y)
        .map(({ nodeIndex }) => nodeIndex);
    expect(order(after)).toEqual(order(before));
    const added = after.boxes.filter(({ nodeIndex }) => !known.has(nodeIndex));
    expect(added).toHaveLength(10);
    expect(after.boxes.filter((box) => box.added)).toEqual(added);
  });

  it("stands the members of a cycle next to each other, with a bow", () => {
    const { boxes, bows } = placeOverview(
      overviewOf(6, [
        [0, 1],
        [1, 2],
        [2, 1],
        [2, 3],
        [3, 2],
        [4, 1],
      ]),
      wide,
    );
    const members = boxes.filter(({ nodeIndex }) => [1, 2, 3].includes(nodeIndex)).toSorted((a, b) => a.y - b.y);
    expect(new Set(members.map(({ layer }) => layer)).size).toBe(1);
    expect(bows).toHaveLength(2);
    expect(members[2]!.y - members[0]!.y).toBeLessThan(3 * (members[0]!.height + 20));
  });

  it("leaves out what follows from others, and counts references that are not drawn", () => {
    const placed = placeOverview(
      overviewOf(3, [
        [0, 1],
        [1, 2],
        [0, 2],
      ]),
      wide,
    );
    expect(placed.edges.filter(({ drawn }) => drawn === "follows")).toHaveLength(1);
    const many = placeOverview(overviewOf(800, layeredEdges(800, 4, 2)), wide);
    expect(many.boxes.some(({ hidden }) => hidden > 0)).toBe(true);
  });
});
