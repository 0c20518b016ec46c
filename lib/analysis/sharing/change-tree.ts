import { buildBreadthFirstTree } from "#lib/graph/breadth-first-tree.ts";
import type { ChangeNode, ChangeTree, ComponentChange, EdgeSide } from "#lib/model/answer.ts";
import { edgeSides, IN_LEFT, IN_RIGHT, type UnitedGraph } from "./united-graph.ts";

/** Changes that the tree starts from, and its maximum number of nodes: a larger picture is unreadable. */
const MAX_CHANGES = 48;
const MAX_NODES = 120;

/**
 * The largest changes of a difference, each with a shortest path from a root: of the right side if it has the row, else of the
 * left. `rows` are sorted by importance; node i of `united` is row i.
 */
export function buildChangeTree(rows: readonly ComponentChange[], united: UnitedGraph): ChangeTree {
  const leftParents = buildBreadthFirstTree(united.left.graph, united.left.roots);
  const rightParents = buildBreadthFirstTree(united.right.graph, united.right.roots);
  const changes = [...rows.keys()].filter((row) => rows[row]!.change !== "same" && hasBytes(rows[row]!));
  const parents = new Map<number, number | null>();
  let drawn = 0;
  for (const row of changes.slice(0, MAX_CHANGES)) {
    if (parents.size >= MAX_NODES) break;
    climb(rows[row]!.right === null ? leftParents : rightParents, row, parents);
    drawn++;
  }
  return { nodes: toNodes(parents, rows, united), cut: changes.length - drawn };
}

function hasBytes({ left, right }: ComponentChange): boolean {
  return (left?.bytes ?? 0) + (right?.bytes ?? 0) > 0;
}

/** Adds the row and its path, up to a root or to a row already in the tree, so that the result stays a forest. */
function climb(parentOf: Int32Array, row: number, parents: Map<number, number | null>): void {
  let at = row;
  while (!parents.has(at)) {
    const parent = parentOf[at]!;
    parents.set(at, parent < 0 ? null : parent);
    if (parent < 0) return;
    at = parent;
  }
}

/** The forest with parents first: each level has the children of the one before. */
function toNodes(
  parents: ReadonlyMap<number, number | null>,
  rows: readonly ComponentChange[],
  united: UnitedGraph,
): ChangeNode[] {
  const childrenOf = Map.groupBy(parents.keys(), (row) => parents.get(row) ?? null);
  const nodes: ChangeNode[] = [];
  for (let level: (number | null)[] = [null]; level.length > 0; ) {
    const next = level.flatMap((parent) => (childrenOf.get(parent) ?? []).map((row) => ({ row, parent })));
    for (const { row, parent } of next) {
      const side = parent === null ? sideOfRow(rows[row]!) : toSide(edgeSides(united, parent, row));
      nodes.push({ row, parent, side });
    }
    level = next.map(({ row }) => row);
  }
  return nodes;
}

function sideOfRow({ left, right }: ComponentChange): EdgeSide {
  return right === null ? "left" : left === null ? "right" : "both";
}

/** `bits`: the sides that may have the edge, at least one. */
export function toSide(bits: number): EdgeSide {
  return bits === IN_LEFT ? "left" : bits === IN_RIGHT ? "right" : "both";
}
