import type { Pool } from "pg";
import { isKeptBy } from "#lib/analysis/focus/size-order.ts";
import { type KeptSibling, listSiblings, type PartLimits, type SizedTree } from "#lib/analysis/kept-parts.ts";
import { getArtifact } from "#lib/db/queries/get-artifact.ts";
import type { KeptMember, KeptRow, KeptSort, KeptTreeAnswer } from "#lib/model/kept-tree.ts";
import { unitOf } from "#lib/model/measure-unit.ts";
import { type KeptGraph, loadKeptGraph } from "../kept/graphs.ts";
import { whileWhole } from "../while-whole.ts";
import { findNodeIndex, type NodeName } from "../why.ts";
import { describeCycles } from "./cycles.ts";
import { orderOf } from "./focus-scene.ts";
import { describeFamily, describeParts, toKeptNode } from "./kept-nodes.ts";

export interface KeptTreeQuestion {
  /** What the picture is limited to; default: everything. */
  readonly node?: NodeName | undefined;
  /** Name of a family below the node. */
  readonly family?: string | undefined;
  /** Number of larger siblings that are left out. */
  readonly from: number;
  readonly parts: PartLimits;
  readonly rows: { readonly sort: KeptSort; readonly direction: "asc" | "desc"; readonly limit: number };
  /** Cycles listed. */
  readonly cycles: number;
}

/**
 * What keeps what, from one node down its dominator tree: parts for a picture and rows for a list. Throws a UsageError for a node that
 * does not exist; a GoneError if the artifact is removed meanwhile. O(n log n) for the first question about a graph, then O(n).
 */
export function answerKeptTree(db: Pool, artifactId: number, question: KeptTreeQuestion): Promise<KeptTreeAnswer> {
  return whileWhole(db, [{ id: artifactId }], async () => {
    const [graph, artifact] = await Promise.all([loadKeptGraph(db, artifactId), getArtifact(db, artifactId)]);
    return { unit: unitOf(artifact), ...describeTree(graph, question) };
  });
}

/** The same without a database. */
export function describeTree(graph: KeptGraph, question: KeptTreeQuestion): Omit<KeptTreeAnswer, "unit"> {
  const { node: name, family, from, rows, cycles } = question;
  const tree = toSizedTree(graph);
  const { names, severalKinds, total } = orderOf(graph);
  const node = name === undefined ? -1 : findNodeIndex(graph.nodes, name);
  const scope = { node, family: family === undefined ? -1 : names.indexOf(family), from };
  const siblings = listSiblings(tree, scope).slice(from);
  const isWhole = scope.family < 0 && from === 0;
  const sum = siblings.reduce((bytes, { size }) => bytes + size, 0);
  return {
    severalKinds,
    nodeCount: graph.nodes.length,
    total,
    path: listAbove(graph, node).map((each) => toKeptNode(graph, each)),
    family: scope.family < 0 ? undefined : family,
    from,
    size: isWhole && node >= 0 ? graph.retainedSize[node]! : sum,
    parts: describeParts(graph, tree, scope, question.parts),
    rows: listRows(graph, siblings, node, rows),
    cycles: describeCycles(graph, node, cycles),
  };
}

/** Everything that a node keeps, itself included, in preorder; all nodes without one. Throws like `answerKeptTree`. */
export function answerKeptMembers(db: Pool, artifactId: number, name: NodeName | undefined): Promise<KeptMember[]> {
  return whileWhole(db, [{ id: artifactId }], async () => {
    const graph = await loadKeptGraph(db, artifactId);
    const node = name === undefined ? -1 : findNodeIndex(graph.nodes, name);
    const order = orderOf(graph);
    const depth = new Int32Array(graph.nodes.length);
    const members: KeptMember[] = [];
    for (const each of order.nodeAt) {
      const above = graph.dominator[each]!;
      depth[each] = above < 0 ? 0 : depth[above]! + 1;
      if (node >= 0 && !isKeptBy(order, each, node)) continue;
      const keptBy = above < 0 ? null : graph.nodes[above]!.id;
      members.push({ ...toKeptNode(graph, each), depth: depth[each]!, keptBy });
    }
    return members;
  });
}

function toSizedTree(graph: KeptGraph): SizedTree {
  const { selfSize, retainedSize } = graph;
  return { order: orderOf(graph), selfSize, retainedSize };
}

/** The dominators of a node from the top, and itself. */
function listAbove({ dominator }: KeptGraph, node: number): number[] {
  const above: number[] = [];
  for (let each = node; each >= 0; each = dominator[each]!) above.push(each);
  return above.reverse();
}

function listRows(
  graph: KeptGraph,
  siblings: readonly KeptSibling[],
  within: number,
  { sort, direction, limit }: KeptTreeQuestion["rows"],
): KeptTreeAnswer["rows"] {
  const sorted =
    sort === "retained" && direction === "desc" ? siblings : sortSiblings(graph, siblings, sort, direction);
  return { rows: sorted.slice(0, limit).map((row) => toRow(graph, row, within)), count: siblings.length };
}

function sortSiblings(
  graph: KeptGraph,
  siblings: readonly KeptSibling[],
  sort: KeptSort,
  direction: "asc" | "desc",
): KeptSibling[] {
  const sign = direction === "asc" ? 1 : -1;
  const { nodes, selfSize } = graph;
  const { positionOf, endOf } = orderOf(graph);
  const sum = (row: KeptSibling, figure: (node: number) => number) =>
    row.nodes.reduce((total, node) => total + figure(node), 0);
  const figures: Readonly<Record<Exclude<KeptSort, "name">, (row: KeptSibling) => number>> = {
    retained: ({ size }) => size,
    self: (row) => sum(row, (node) => selfSize[node]!),
    kept: (row) => sum(row, (node) => endOf[positionOf[node]!]! - positionOf[node]!),
  };
  if (sort === "name") {
    const nameOf = ({ nodes: [first] }: KeptSibling) => nodes[first!]!.name;
    return siblings.toSorted((a, b) => sign * compareNames(nameOf(a), nameOf(b)));
  }
  const keyed = siblings.map((row): [KeptSibling, number] => [row, figures[sort](row)]);
  return keyed.sort(([, a], [, b]) => sign * (a - b)).map(([row]) => row);
}

const { compare: compareNames } = new Intl.Collator("en", { numeric: true });

function toRow(graph: KeptGraph, { nodes, size }: KeptSibling, within: number): KeptRow {
  if (nodes.length === 1) return { type: "node", node: toKeptNode(graph, nodes[0]!), size };
  return { type: "family", size, ...describeFamily(graph, nodes, within) };
}
