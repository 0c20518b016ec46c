import { foldSiblings } from "./focus/choose-rows.ts";
import type { SizeOrder } from "./focus/size-order.ts";

/** A dominator tree, with sizes by node. */
export interface SizedTree {
  readonly order: Pick<SizeOrder, "positionOf" | "endOf" | "nodeAt" | "nameOf">;
  readonly selfSize: Float64Array;
  readonly retainedSize: Float64Array;
}

/** A node, or a family of siblings, directly in another. */
export interface KeptSibling {
  readonly nodes: readonly number[];
  readonly size: number;
}

/** A part of a picture: siblings, the node around it itself (`nodes` has that one), or smaller siblings. */
export interface DividedPart {
  readonly type: "sibling" | "self" | "others";
  readonly nodes: readonly number[];
  readonly size: number;
  /** The node around it, −1 at the top. */
  readonly within: number;
  /** Of others: how many there are, and how many are larger. */
  readonly count: number;
  readonly from: number;
  /** The family that it is a member of, by its name's number; −1 for none. */
  readonly family: number;
  readonly parts: DividedPart[];
}

/** What a picture shows: all that a node keeps, −1 for everything. */
export interface KeptScope {
  readonly node: number;
  /** Only the members of this family, by its name's number; −1 for all. */
  readonly family: number;
  /** Without this many of the largest. */
  readonly from: number;
}

export interface PartLimits {
  /** Siblings shown at the top, and in each other part. */
  readonly top: number;
  readonly inner: number;
  /** Nested levels. */
  readonly levels: number;
  /** Parts in all. */
  readonly all: number;
  /** The smallest share of the whole that is divided further. */
  readonly minShare: number;
}

/** The nodes directly below a node in the dominator tree, those that retain most first. */
export function listKept({ order }: SizedTree, node: number): number[] {
  const { positionOf, endOf, nodeAt } = order;
  const start = node < 0 ? 0 : positionOf[node]! + 1;
  const end = node < 0 ? nodeAt.length : endOf[positionOf[node]!]!;
  const kept: number[] = [];
  for (let position = start; position < end; position = endOf[position]!) kept.push(nodeAt[position]!);
  return kept;
}

/** The same with four or more of one name as one family, unless they are the members of one. */
export function listSiblings(tree: SizedTree, { node, family }: Omit<KeptScope, "from">): KeptSibling[] {
  const kept = listKept(tree, node);
  const { nameOf } = tree.order;
  const { retainedSize } = tree;
  if (family >= 0)
    return kept
      .filter((child) => nameOf[child] === family)
      .map((child) => ({ nodes: [child], size: retainedSize[child]! }));
  // Siblings never keep each other, so their retained sizes have nothing in common.
  const sumOf = (nodes: readonly number[]) => nodes.reduce((sum, child) => sum + retainedSize[child]!, 0);
  return foldSiblings({ nameOf, retainedSize, sumOf }, kept, { above: node, depth: 0 });
}

/**
 * The parts of a scope for a picture: the largest siblings, and the rest as one part, each divided in the same way as long as there is
 * room, largest first. Parts inside a part add up to it. O(nodes of the divided parts), so at most O(n log n).
 */
export function divideKept(tree: SizedTree, scope: KeptScope, limits: PartLimits): DividedPart[] {
  const siblings = listSiblings(tree, scope);
  const parts = [...selfPart(tree, scope), ...cutSiblings(siblings, scope, limits.top)];
  const whole = parts.reduce((sum, { size }) => sum + size, 0);
  const open: [part: DividedPart, level: number][] = parts.map((part) => [part, 1]);
  for (let count = parts.length; count < limits.all; ) {
    const next = takeLargest(open, limits.levels, limits.minShare * whole);
    if (next === undefined) break;
    const [part, level] = next;
    part.parts.push(...divide(tree, part, limits.inner));
    open.push(...part.parts.map((inner): [DividedPart, number] => [inner, level + 1]));
    count += part.parts.length;
  }
  return parts;
}

/** A picture of everything, of a family or of smaller siblings has no node around it. */
function selfPart({ selfSize }: SizedTree, { node, family, from }: KeptScope): DividedPart[] {
  if (node < 0 || family >= 0 || from > 0) return [];
  return [toPart({ type: "self", nodes: [node], size: selfSize[node]!, within: node })];
}

function toPart(part: Pick<DividedPart, "type" | "nodes" | "size" | "within"> & Partial<DividedPart>): DividedPart {
  return { count: 1, from: 0, family: -1, parts: [], ...part };
}

function cutSiblings(siblings: readonly KeptSibling[], scope: KeptScope, limit: number): DividedPart[] {
  const { node: within, family, from } = scope;
  // One more is no more than the part for the rest.
  const end = siblings.length <= from + limit + 1 ? siblings.length : from + limit;
  const shown = siblings
    .slice(from, end)
    .map(({ nodes, size }) => toPart({ type: "sibling", nodes, size, within, family }));
  const rest = siblings.slice(end);
  if (rest.length === 0) return shown;
  const size = rest.reduce((sum, sibling) => sum + sibling.size, 0);
  return [...shown, toPart({ type: "others", nodes: [], size, within, family, count: rest.length, from: end })];
}

function divide(tree: SizedTree, { nodes, within }: DividedPart, limit: number): DividedPart[] {
  if (nodes.length > 1) {
    const scope = { node: within, family: tree.order.nameOf[nodes[0]!]!, from: 0 };
    return cutSiblings(listSiblings(tree, scope), scope, limit);
  }
  const scope = { node: nodes[0]!, family: -1, from: 0 };
  const siblings = listSiblings(tree, scope);
  return siblings.length === 0 ? [] : [...selfPart(tree, scope), ...cutSiblings(siblings, scope, limit)];
}

/** Removes the largest part that can be divided. */
function takeLargest(
  open: [part: DividedPart, level: number][],
  levels: number,
  minSize: number,
): [DividedPart, number] | undefined {
  let best = -1;
  for (const [i, [part, level]] of open.entries()) {
    if (part.type !== "sibling" || level >= levels || part.size < minSize) continue;
    if (best < 0 || part.size > open[best]![0].size) best = i;
  }
  return best < 0 ? undefined : open.splice(best, 1)[0];
}
