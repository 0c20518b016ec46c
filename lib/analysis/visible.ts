import type { Graph } from "#lib/graph/graph.ts";
import { foldEdges, type VisibleEdge } from "./visible-edges.ts";
import { computeOwners, groupHidden, type VisibleGroup } from "./visible-groups.ts";

export type { VisibleEdge } from "./visible-edges.ts";
export type { VisibleGroup } from "./visible-groups.ts";

export interface VisibleQuestion {
  /** Distinct edges. */
  readonly graph: Graph;
  readonly selfSize: Float64Array;
  readonly retainedSize: Float64Array;
  readonly dominator: Int32Array;
  /** Parents of opened groups (−1: the group under no node). A group listed twice shows two portions. */
  readonly expanded: readonly number[];
  /** A node to show whatever its size, with its dominators. */
  readonly focus?: number;
  /** Nodes preferred over larger ones, each with its dominators, up to `limit`. */
  readonly first?: readonly number[];
  /** Number of nodes at first; default: `OPENING_NODES`. */
  readonly limit?: number;
}

/**
 * The drawn part of a graph. Elements are numbered: the nodes in order, then the groups. Every node of the graph is in `nodes` or
 * in exactly one group.
 */
export interface VisibleGraph {
  /** Node indexes. */
  readonly nodes: readonly number[];
  /** For each of `nodes`, the nearest drawn dominator, −1 for none. */
  readonly parents: readonly number[];
  readonly groups: readonly VisibleGroup[];
  readonly edges: readonly VisibleEdge[];
  /** Edges between drawn elements that were left out. */
  readonly cutEdges: number;
  /** True if a requested node is not drawn, for lack of room. */
  readonly full: boolean;
}

/** Nodes drawn at first. */
export const OPENING_NODES = 300;
export const MAX_ELEMENTS = 1500;
/** Leaves room for as many groups and for the most important edges. */
export const MAX_NODES = 600;
/** Group members shown per click. */
export const PORTION = 60;
/** Dominators shown above a requested node; those in the middle of a longer chain stay in their group. */
export const CHAIN_LIMIT = 100;

/** Selects the drawn part of a graph of any size: the nodes that retain most, the rest as sized groups under them. */
export function chooseVisible(question: VisibleQuestion): VisibleGraph {
  const choice = new Choice(question);
  if (question.focus !== undefined) choice.showChain(question.focus);
  const most = Math.min(MAX_NODES, choice.nodes.length + (question.limit ?? OPENING_NODES));
  choice.showWithin(most, question.first ?? []);
  choice.showWithin(most, largestNodes(question.retainedSize, question.limit ?? OPENING_NODES));
  for (const parent of question.expanded) choice.expand(parent);
  choice.showAlone(question);
  const nodes = choice.nodes;
  const owners = computeOwners(question.dominator, choice.shown);
  const groups = groupHidden(question, choice.shown, owners);
  const room = MAX_ELEMENTS - nodes.length - groups.length;
  const { edges, cutEdges } = foldEdges({ ...question, nodes, groups, owners, room });
  const parents = nodes.map((node) => nearestShown(question.dominator, choice.shown, node));
  return { nodes, parents, groups, edges, cutEdges, full: choice.full };
}

class Choice {
  readonly nodes: number[] = [];
  /** 1 for the nodes that are drawn. */
  readonly shown: Uint8Array;
  full = false;
  readonly #retainedSize: Float64Array;
  readonly #dominator: Int32Array;

  constructor({ retainedSize, dominator }: VisibleQuestion) {
    this.#retainedSize = retainedSize;
    this.#dominator = dominator;
    this.shown = new Uint8Array(dominator.length);
  }

  /** The node and its dominators, the farthest first; of a chain that is too long, the part next to the node. */
  showChain(node: number): void {
    const chain: number[] = [];
    for (let at = node; at >= 0 && this.shown[at] === 0; at = this.#dominator[at]!) {
      if (chain.length === CHAIN_LIMIT) {
        this.full = true;
        break;
      }
      chain.push(at);
    }
    for (const link of chain.reverse()) this.#show(link);
  }

  /** These nodes in order, each after its dominators, as long as both fit within `most`. */
  showWithin(most: number, nodes: readonly number[]): void {
    for (const node of nodes) {
      const missing = countMissing(this.#dominator, this.shown, node);
      if (this.nodes.length + missing <= most) this.showChain(node);
    }
  }

  expand(parent: number): void {
    if (parent >= 0) this.showChain(parent);
    const members: number[] = [];
    for (let node = 0; node < this.shown.length; node++) {
      const under = this.#dominator[node]!;
      if (this.shown[node] === 0 && (under === parent || (under < 0 && parent < 0))) members.push(node);
    }
    members.sort((a, b) => this.#retainedSize[b]! - this.#retainedSize[a]! || a - b);
    for (const member of members.slice(0, PORTION)) this.#show(member);
  }

  /** Nodes that would be a group of one: the group's box would need as much room as the node. */
  showAlone(question: VisibleQuestion): void {
    const owners = computeOwners(this.#dominator, this.shown);
    for (const { count, top } of groupHidden(question, this.shown, owners)) {
      if (count === 1 && this.nodes.length < OPENING_NODES) this.#show(top[0]!);
    }
  }

  #show(node: number): void {
    if (this.nodes.length === MAX_NODES) {
      this.full = true;
      return;
    }
    this.shown[node] = 1;
    this.nodes.push(node);
  }
}

/** The `limit` nodes with the largest values, largest first, equal ones by index. Does not sort all nodes. */
export function largestNodes(values: Float64Array, limit: number): number[] {
  if (limit <= 0) return [];
  const sorted = values.toSorted();
  const threshold = sorted[Math.max(0, sorted.length - limit)] ?? 0;
  const above: number[] = [];
  const level: number[] = [];
  for (let node = 0; node < values.length; node++) {
    if (values[node]! > threshold) above.push(node);
    else if (values[node] === threshold && level.length < limit) level.push(node);
  }
  above.sort((a, b) => values[b]! - values[a]! || a - b);
  return [...above, ...level].slice(0, limit);
}

/** Number of the node and its dominators that are not drawn yet; stops at the maximum chain length. */
function countMissing(dominator: Int32Array, shown: Uint8Array, node: number): number {
  let missing = 0;
  for (let at = node; at >= 0 && shown[at] === 0 && missing <= CHAIN_LIMIT; at = dominator[at]!) missing++;
  return missing > CHAIN_LIMIT ? Number.POSITIVE_INFINITY : missing;
}

function nearestShown(dominator: Int32Array, shown: Uint8Array, node: number): number {
  let at = dominator[node]!;
  while (at >= 0 && shown[at] === 0) at = dominator[at]!;
  return Math.max(at, -1);
}
