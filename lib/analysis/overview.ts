import { type Graph, targetsOf } from "#lib/graph/graph.ts";
import { cutRanks } from "#lib/graph/layered/cut-ranks.ts";
import { MAX_WHOLE_NODES, OVERVIEW_PORTION } from "#lib/model/overview.ts";

/** Columns of a drawing of many nodes, and of one that may have all. */
const MAX_COLUMNS = 9;
const MAX_WHOLE_COLUMNS = 12;
/** Nodes of a column before any is opened: more than any shape of drawing has room for. */
const BASE_NODES = 92;
/** Portions that can be opened, in all columns together. */
export const MAX_PORTIONS = 40;

export interface OverviewQuestion {
  readonly graph: Graph;
  readonly selfSize: Float64Array;
  /** What decides which nodes are drawn first. */
  readonly importance: Float64Array;
  readonly rank: Int32Array;
  /** 1 for nodes that have an edge. */
  readonly joined: Uint8Array;
  /** 1 for nodes that the filters leave; default: all. */
  readonly matching?: Uint8Array | undefined;
  /** Columns with open groups; one listed twice has two portions open. The column after the last: nodes without edges. */
  readonly open: readonly number[];
  /** Nodes that are drawn whatever their size. */
  readonly wanted: readonly number[];
}

export interface ChosenColumn {
  readonly first: number;
  readonly last: number;
  readonly count: number;
  readonly bytes: number;
  /** Node indexes, the most important first. */
  readonly nodes: readonly number[];
  readonly opened: number;
}

export interface OverviewChoice {
  readonly columns: readonly ChosenColumn[];
  readonly alone: ChosenColumn;
  readonly matchingCount: number;
}

/**
 * The columns of a graph, and the nodes of each that a drawing may show. Columns are cut over all nodes, so that a node's column
 * does not depend on filters or on what is open. O(n log n).
 */
export function chooseOverview(question: OverviewQuestion): OverviewChoice {
  const { rank, joined, open, matching } = question;
  const starts = cutColumns(rank, joined);
  const members: number[][] = Array.from({ length: starts.length + 1 }, () => []);
  let matchingCount = 0;
  for (let node = 0; node < rank.length; node++) {
    if (matching?.[node] === 0) continue;
    matchingCount++;
    members[joined[node] === 1 ? columnOf(starts, rank[node]!) : starts.length]!.push(node);
  }
  const portions = countPortions(open);
  const columns = members.map((nodes, i) => toColumn(question, nodes, portions.get(i) ?? 0));
  return { columns: columns.slice(0, -1), alone: columns.at(-1)!, matchingCount };
}

function cutColumns(rank: Int32Array, joined: Uint8Array): number[] {
  const counts: number[] = [];
  let nodes = 0;
  for (let node = 0; node < rank.length; node++) {
    if (joined[node] === 0) continue;
    nodes++;
    counts[rank[node]!] = (counts[rank[node]!] ?? 0) + 1;
  }
  const filled = Array.from(counts, (count) => count ?? 0);
  const ranks = filled.filter((count) => count > 0).length;
  return cutRanks(filled, nodes <= MAX_WHOLE_NODES && ranks <= MAX_WHOLE_COLUMNS ? MAX_WHOLE_COLUMNS : MAX_COLUMNS);
}

function columnOf(starts: readonly number[], rank: number): number {
  return starts.findLastIndex((start) => start <= rank);
}

/** Portions by column, up to a limit for all together. */
function countPortions(open: readonly number[]): Map<number, number> {
  const portions = new Map<number, number>();
  for (const column of open.slice(0, MAX_PORTIONS)) portions.set(column, (portions.get(column) ?? 0) + 1);
  return portions;
}

function toColumn(
  { importance, selfSize, rank, wanted }: OverviewQuestion,
  nodes: number[],
  opened: number,
): ChosenColumn {
  nodes.sort((a, b) => importance[b]! - importance[a]! || selfSize[b]! - selfSize[a]! || a - b);
  const drawn = nodes.slice(0, BASE_NODES + opened * OVERVIEW_PORTION);
  const listed = new Set(drawn);
  const extra = wanted.filter((node) => !listed.has(node) && nodes.includes(node));
  let [first, last, bytes] = [Number.POSITIVE_INFINITY, 0, 0];
  for (const node of nodes) {
    first = Math.min(first, rank[node]!);
    last = Math.max(last, rank[node]!);
    bytes += selfSize[node]!;
  }
  return { first: Math.min(first, last), last, count: nodes.length, bytes, nodes: [...drawn, ...extra], opened };
}

/** 1 for each node with an edge to or from another. */
export function findJoined(graph: Graph): Uint8Array {
  const joined = new Uint8Array(graph.nodeCount);
  for (let node = 0; node < graph.nodeCount; node++) {
    for (const target of targetsOf(graph, node)) if (target !== node) joined[node] = joined[target] = 1;
  }
  return joined;
}
