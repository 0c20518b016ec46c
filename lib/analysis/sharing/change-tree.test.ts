import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ChangeKind, ComponentChange } from "#lib/model/answer.ts";
import { buildChange } from "#testing/builders/answers.ts";
import { arbitraryGraph, graphOf } from "#testing/builders/graphs.ts";
import { buildChangeTree } from "./change-tree.ts";
import { edgeSides, uniteGraphs } from "./united-graph.ts";

function toRow(change: ChangeKind, row: number, bytes = 10): ComponentChange {
  return buildChange(change, `n${row}`, [change === "added" ? null : bytes, change === "removed" ? null : bytes]);
}

const numbered = (count: number) => Int32Array.from({ length: count }, (_, row) => row);

function uniteSame(count: number, edges: readonly (readonly [number, number])[], roots: readonly number[]) {
  const side = { graph: graphOf(count, edges), roots, rowOf: numbered(count) };
  return uniteGraphs(count, side, side);
}

describe("buildChangeTree", () => {
  it("leads from a root through unchanged rows to a change", () => {
    const rows = (["same", "same", "changed"] as const).map((change, row) => toRow(change, row));
    expect(
      buildChangeTree(
        rows,
        uniteSame(
          3,
          [
            [0, 1],
            [1, 2],
          ],
          [0],
        ),
      ),
    ).toEqual({
      nodes: [
        { row: 0, parent: null, side: "both" },
        { row: 1, parent: 0, side: "both" },
        { row: 2, parent: 1, side: "both" },
      ],
      cut: 0,
    });
  });

  it("uses the left side's path for a row that only the left has, and gives the side of each reference", () => {
    // Rows: 0 same, 1 removed, 2 added. The left refers 0 → 1, the right 0 → 2.
    const rows = [toRow("same", 0), toRow("removed", 1), toRow("added", 2)];
    const left = { graph: graphOf(2, [[0, 1]]), roots: [0], rowOf: Int32Array.from([0, 1]) };
    const right = { graph: graphOf(2, [[0, 1]]), roots: [0], rowOf: Int32Array.from([0, 2]) };
    const { nodes } = buildChangeTree(rows, uniteGraphs(3, left, right));
    expect(nodes).toEqual([
      { row: 0, parent: null, side: "both" },
      { row: 1, parent: 0, side: "left" },
      { row: 2, parent: 0, side: "right" },
    ]);
  });

  it("omits unchanged rows and changes of 0 bytes that lead to nothing", () => {
    const rows = [toRow("same", 0), toRow("changed", 1, 0)];
    expect(buildChangeTree(rows, uniteSame(2, [[0, 1]], [0])).nodes).toEqual([]);
  });

  it("stops at a readable number of changes, and counts the rest", () => {
    const rows = Array.from({ length: 500 }, (_, row) => toRow("changed", row));
    const { nodes, cut } = buildChangeTree(rows, uniteSame(500, [], [...rows.keys()]));
    expect(nodes.length + cut).toBe(500);
    expect(nodes.length).toBe(48);
  });

  it("is a forest of existing edges, parents first, on any graph", () => {
    fc.assert(
      fc.property(
        arbitraryGraph(),
        fc.infiniteStream(fc.constantFrom("same", "changed")),
        ({ nodeCount, edges, roots }, kinds) => {
          const rows = Array.from({ length: nodeCount }, (_, row) => toRow(kinds.next().value as ChangeKind, row));
          const united = uniteSame(nodeCount, edges, roots);
          const seen = new Set<number>();
          for (const { row, parent } of buildChangeTree(rows, united).nodes) {
            expect(seen.has(row)).toBe(false);
            if (parent !== null) expect(seen.has(parent) && edgeSides(united, parent, row) > 0).toBe(true);
            seen.add(row);
          }
          for (const [row, { change }] of rows.entries()) if (change !== "same") expect(seen.has(row)).toBe(true);
        },
      ),
    );
  });
});
