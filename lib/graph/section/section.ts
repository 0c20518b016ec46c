import type { Graph, NodeList } from "../graph.ts";
import { cutAbove, listInPreorder, type Preorder, sumSubtrees } from "./dominator-forest.ts";
import { placeStratum } from "./place-stratum.ts";
import { findStarts } from "./starts.ts";
import { joinSmall, type StratumRange, strataRanges } from "./strata.ts";
import { sumReaching } from "./sum-reaching.ts";

/** One stratum: the nodes at positions `first` to `end` (exclusive). */
export interface Stratum extends StratumRange {
  readonly first: number;
  readonly end: number;
}

/**
 * A graph in section. Strata by how many starts reach a node; in a stratum the dominator trees, nested; area by weight. Nodes have
 * positions: stratum by stratum, each before those it dominates. Arrays are by position.
 */
export interface Section {
  /** The node at each position. */
  readonly nodeAt: Int32Array;
  /** The position after the last node that it dominates. */
  readonly endOf: Int32Array;
  /** Number of starts that reach it. */
  readonly reach: Int32Array;
  /** Bytes of the node itself. */
  readonly selfSize: Float64Array;
  /** From the top. */
  readonly strata: readonly Stratum[];
  readonly startCount: number;
  /** The nodes above the starts, if a graph has only one root: see `findStarts`. They are no frames. */
  readonly above: Int32Array;
  /** Left, top, right and bottom of each node as shares of its stratum's width and height, in a wide window and in a tall one. */
  readonly wide: Float32Array;
  readonly tall: Float32Array;
}

export interface SectionInput {
  readonly graph: Graph;
  /** Every node is reached from them. */
  readonly roots: NodeList;
  readonly selfSize: Float64Array;
  /** Immediate dominators, −1 under the virtual root. */
  readonly dominator: Int32Array;
}

/** Width by height at which rectangles are as square as possible; a window of another shape stretches them. */
const WIDE_ASPECT = 1.6;
const TALL_ASPECT = 0.75;
/** Starts are at one of so many places from left to right: sums of places are whole numbers. */
const PLACES = 2 ** 11;
/** More than the places of all starts add up to: at most 2²¹ starts, so that the whole sum stays below 2⁵³. */
const ONE_START = 2 ** 32;

/** Lays out a graph in section, the same for the same input. O((n + m) log n), apart from `sumReaching`. */
export function computeSection({ graph, roots, selfSize, dominator }: SectionInput): Section {
  const { starts, above } = findStarts(graph, roots);
  const parent = cutAbove(dominator, above);
  const weight = sumSubtrees(parent, selfSize.map(areaOf));
  const { reach, place } = reachOfStarts(graph, starts, weight);
  const trees = sortTrees({ parent, weight, reach, place, startCount: starts.length });
  const preorder = listInPreorder(trees.tops, parent, weight);
  const { nodeAt, endOf } = preorder;
  const strata = toStrata(trees, preorder);
  const nested = { endOf, weight: Float64Array.from(nodeAt, (node) => weight[node]!) };
  return {
    nodeAt,
    endOf,
    reach: Int32Array.from(nodeAt, (node) => reach[node]!),
    selfSize: Float64Array.from(nodeAt, (node) => selfSize[node]!),
    strata,
    startCount: starts.length,
    above,
    wide: placeStrata(strata, nested, WIDE_ASPECT),
    tall: placeStrata(strata, nested, TALL_ASPECT),
  };
}

/** A node of no bytes has the area of one, so that it can be seen and picked. */
export function areaOf(selfSize: number): number {
  return Math.max(1, selfSize);
}

/** By node, the number of starts that reach it and their mean place: both sums in one pass, which takes most of the time. */
function reachOfStarts(graph: Graph, starts: Int32Array, weight: Float64Array) {
  const sums = sumReaching(
    graph,
    starts,
    placeStarts(starts, weight).map((place) => ONE_START + place),
  );
  const reach = Int32Array.from(sums, (sum) => Math.floor(sum / ONE_START));
  return { reach, place: sums.map((sum, node) => (sum % ONE_START) / Math.max(1, reach[node]!)) };
}

/** The place of each start from left to right: the heaviest first, in proportion to what it keeps. */
function placeStarts(starts: Int32Array, weight: Float64Array): Float64Array {
  const order = Int32Array.from(starts.keys()).sort(
    (a, b) => weight[starts[b]!]! - weight[starts[a]!]! || starts[a]! - starts[b]!,
  );
  const total = starts.reduce((sum, start) => sum + weight[start]!, 0);
  const places = new Float64Array(starts.length);
  let passed = 0;
  for (const i of order) {
    const kept = weight[starts[i]!]!;
    places[i] = Math.floor(((passed + kept / 2) / total) * PLACES);
    passed += kept;
  }
  return places;
}

interface Trees {
  readonly parent: Int32Array;
  readonly weight: Float64Array;
  /** By node: see `reachOfStarts`. */
  readonly reach: Int32Array;
  readonly place: Float64Array;
  readonly startCount: number;
}

/** The roots of the dominator trees by stratum, in it by the mean place of the starts that reach them. */
function sortTrees({ parent, weight, reach, place, startCount }: Trees) {
  const ranges = strataRanges(startCount);
  const classOf = (node: number) => ranges.findIndex(({ to }) => reach[node]! <= to);
  const tops = Int32Array.from(parent.keys()).filter((node) => parent[node] === -1);
  const weights = new Float64Array(ranges.length);
  for (const top of tops) weights[classOf(top)]! += weight[top]!;
  const { strata, joinedOf } = joinSmall(ranges, weights);
  const stratumOf = new Int32Array(parent.length);
  for (const top of tops) stratumOf[top] = joinedOf[classOf(top)]!;
  tops.sort((a, b) => stratumOf[a]! - stratumOf[b]! || place[a]! - place[b]! || weight[b]! - weight[a]! || a - b);
  return { tops, stratumOf, ranges: strata };
}

/** The strata with their runs of positions. */
function toStrata({ stratumOf, ranges }: ReturnType<typeof sortTrees>, { nodeAt, endOf }: Preorder): Stratum[] {
  const ends = new Int32Array(ranges.length);
  for (let top = 0; top < nodeAt.length; top = endOf[top]!) ends[stratumOf[nodeAt[top]!]!] = endOf[top]!;
  return ranges.map(({ from, to }, i) => ({ from, to, first: ends[i - 1] ?? 0, end: ends[i]! }));
}

function placeStrata(
  strata: readonly Stratum[],
  nested: { readonly endOf: Int32Array; readonly weight: Float64Array },
  aspect: number,
): Float32Array {
  const into = new Float32Array(4 * nested.endOf.length);
  const weights = strata.map(({ first, end }) => sumTops(nested, first, end));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  for (const [i, { first, end }] of strata.entries()) {
    placeStratum(nested, { first, end, aspect: (aspect * total) / weights[i]! }, into);
  }
  return into;
}

function sumTops({ endOf, weight }: { endOf: Int32Array; weight: Float64Array }, first: number, end: number): number {
  let sum = 0;
  for (let at = first; at < end; at = endOf[at]!) sum += weight[at]!;
  return sum;
}
