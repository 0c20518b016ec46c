import { findBreadthFirstTree } from "#lib/graph/breadth-first-tree.ts";
import type { ChangeNode, ChangeTree, ComponentChange, EdgeSide } from "#lib/model/answer.ts";
import { edgeSides, IN_LEFT, IN_RIGHT, type UnitedGraph } from "./united-graph.ts";

/** Changes that the tree begins from, and nodes it stops at: a picture of more is read by nobody. */
const MOST_CHANGES = 48;
const MOST_NODES = 120;

/**
 * How the largest changes of a difference came in: each with a shortest path from a root, of the right side where it is
 * there, else of the left. `rows` are in falling order of what they tell; node i of `united` is row i.
 */
export function findChangeTree(rows: readonly ComponentChange[], united: UnitedGraph): ChangeTree {
  const leftParents = findBreadthFirstTree(united.left.graph, united.left.roots);
  const rightParents = findBreadthFirstTree(united.right.graph, united.right.roots);
  const changes = [...rows.keys()].filter((row) => rows[row]!.change !== "same" && hasBytes(rows[row]!));
  const parents = new Map<number, number | null>();
  let drawn = 0;
  for (const row of changes.slice(0, MOST_CHANGES)) {
    if (parents.size >= MOST_NODES) break;
    climb(rows[row]!.right === null ? leftParents : rightParents, row, parents);
    drawn++;
  }
  return { nodes: toNodes(parents, rows, united), cut: changes.length - drawn };
}

function hasBytes({ left, right }: ComponentChange): boolean {
  return (left?.bytes ?? 0) + (right?.bytes ?? 0) > 0;
}

/** Adds the row and what leads to it, up to a root or to what is there already: so the whole stays a forest. */
function climb(parentOf: Int32Array, row: number, parents: Map<number, number | null>): void {
  let at = row;
  while (!parents.has(at)) {
    const parent = parentOf[at]!;
    parents.set(at, parent < 0 ? null : parent);
    if (parent < 0) return;
    at = parent;
  }
}

/** The forest with parents first: each level holds the children of the one before. */
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

/** `bits`: who has an edge, one side at least. */
export function toSide(bits: number): EdgeSide {
  return bits === IN_LEFT ? "left" : bits === IN_RIGHT ? "right" : "both";
}
