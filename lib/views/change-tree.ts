import "server-only";
import { findBreadthFirstTree } from "#lib/graph/breadth-first-tree.ts";
import type { ComponentChange, DiffAnswer } from "#lib/model/answer.ts";
import { database } from "./database.ts";
import { graphOf, type KeptGraph } from "./kept-graphs.ts";

/** Which of two artifacts has an edge. */
export type EdgeSide = "left" | "right" | "both";

/** A component of either side in the tree of how changes came in. */
export interface ChangeNode {
  /** Position in the answer's components. */
  readonly row: number;
  /** The one that refers to it on a shortest path from a root, as a position in the answer's components; `null` at the top. */
  readonly parent: number | null;
  /** Who has that reference. */
  readonly side: EdgeSide;
}

export interface ChangeTree {
  /** A parent stands before its children. */
  readonly nodes: readonly ChangeNode[];
  /** Changes that are not in it, for there are too many. */
  readonly cut: number;
}

/** Changes that the tree begins from, and nodes it stops at: a picture of more is read by nobody. */
const MOST_CHANGES = 48;
const MOST_NODES = 120;

/** How the largest changes of a difference came in: both graphs in one, each change with a shortest path from a root. */
export async function loadChangeTree(leftId: number, rightId: number, answer: DiffAnswer): Promise<ChangeTree> {
  const db = await database();
  const [left, right] = await Promise.all([graphOf(db, leftId), graphOf(db, rightId)]);
  const rows = answer.components;
  const sides = { left: openSide(left, rows, "left"), right: openSide(right, rows, "right") };
  const changes = [...rows.keys()].filter((row) => rows[row]!.change !== "same" && hasBytes(rows[row]!));
  const parents = new Map<number, number | null>();
  let drawn = 0;
  for (const row of changes.slice(0, MOST_CHANGES)) {
    if (parents.size >= MOST_NODES) break;
    climb(sides[rows[row]!.right === null ? "left" : "right"], row, parents);
    drawn++;
  }
  return { nodes: toNodes(parents, sides), cut: changes.length - drawn };
}

function hasBytes({ left, right }: ComponentChange): boolean {
  return (left?.bytes ?? 0) + (right?.bytes ?? 0) > 0;
}

interface OpenSide {
  readonly graph: KeptGraph["graph"];
  readonly parents: Int32Array;
  /** Node index → row of the answer, and back; -1 for none. */
  readonly rowOf: Int32Array;
  readonly nodeOf: Int32Array;
}

function openSide(kept: KeptGraph, rows: readonly ComponentChange[], side: "left" | "right"): OpenSide {
  const indexOf = new Map(kept.nodes.map(({ id }, index) => [id, index]));
  const rowOf = new Int32Array(kept.nodes.length).fill(-1);
  const nodeOf = new Int32Array(rows.length).fill(-1);
  for (const [row, change] of rows.entries()) {
    const node = indexOf.get(change[side]?.id ?? "");
    if (node === undefined) continue;
    rowOf[node] = row;
    nodeOf[row] = node;
  }
  return { graph: kept.graph, parents: findBreadthFirstTree(kept.graph, kept.roots), rowOf, nodeOf };
}

/** Adds the row and what leads to it, up to a root or to what is there already: so the whole stays a forest. */
function climb({ parents: parentOf, rowOf, nodeOf }: OpenSide, row: number, parents: Map<number, number | null>): void {
  let at = row;
  while (!parents.has(at)) {
    const parentNode = parentOf[nodeOf[at]!] ?? -1;
    const parent = parentNode < 0 ? -1 : rowOf[parentNode]!;
    parents.set(at, parent < 0 ? null : parent);
    if (parent < 0) return;
    at = parent;
  }
}

/** The forest with parents first: each level holds the children of the one before. */
function toNodes(
  parents: ReadonlyMap<number, number | null>,
  sides: { readonly left: OpenSide; readonly right: OpenSide },
): ChangeNode[] {
  const childrenOf = Map.groupBy(parents.keys(), (row) => parents.get(row) ?? null);
  const nodes: ChangeNode[] = [];
  for (let level: (number | null)[] = [null]; level.length > 0; ) {
    const next = level.flatMap((parent) => (childrenOf.get(parent) ?? []).map((row) => ({ row, parent })));
    for (const { row, parent } of next) nodes.push({ row, parent, side: sideOf(parent, row, sides) });
    level = next.map(({ row }) => row);
  }
  return nodes;
}

function sideOf(
  parent: number | null,
  row: number,
  { left, right }: { readonly left: OpenSide; readonly right: OpenSide },
): EdgeSide {
  const [inLeft, inRight] = [left, right].map((side) =>
    parent === null ? side.nodeOf[row]! >= 0 : hasEdge(side, parent, row),
  );
  return inLeft && inRight ? "both" : inLeft ? "left" : "right";
}

function hasEdge({ graph, nodeOf }: OpenSide, from: number, to: number): boolean {
  const [source, target] = [nodeOf[from]!, nodeOf[to]!];
  if (source < 0 || target < 0) return false;
  for (let slot = graph.offsets[source]!; slot < graph.offsets[source + 1]!; slot++)
    if (graph.targets[slot] === target) return true;
  return false;
}
