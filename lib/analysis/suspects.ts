import { type Graph, groupByKey, type NodeList } from "#lib/graph/graph.ts";
import { sumReachedWithout } from "#lib/graph/reached-without.ts";

/** A suspect retains at least one part in so many of everything. */
export const SUSPECT_PARTS = 10;
/** A chain of dominators goes on while one node has more than one part in so many of what the one above retains. */
const CHAIN_PARTS = 2;
const NONE = -1;

/** A measured graph. Arrays are by node index. */
export interface SuspectGraph {
  readonly graph: Graph;
  readonly roots: NodeList;
  readonly selfSize: Float64Array;
  readonly retainedSize: Float64Array;
  /** Immediate dominator, −1 under the virtual root, −2 if no root reaches the node. */
  readonly dominator: Int32Array;
  readonly nodes: readonly { readonly kind: string; readonly name: string }[];
}

export interface FoundSuspect {
  /** One node, or the members of a family, those that retain most first. */
  readonly nodes: readonly number[];
  readonly retainedSize: number;
  /** Of one node: the dominated node where its bytes gather, or the node itself. */
  readonly accumulation: number | undefined;
  /** The closest suspect that dominates it; −1 if there is none. */
  readonly within: number;
  readonly family: "name" | "kind" | undefined;
}

/**
 * What keeps most, after the leak suspects of Eclipse MAT (org.eclipse.mat.inspections, FindLeaksQuery): single nodes that retain a
 * tenth or more, each with its accumulation point, which is found by descending the dominator tree while one child retains more than
 * half; the nodes passed on the way are no suspects of their own. Then families of smaller nodes that retain a tenth together: of one
 * kind and name, or of one kind directly under a suspect or a root. Largest first. O(n), and O(n + m) for each family found.
 */
export function findSuspects(given: SuspectGraph): FoundSuspect[] {
  const tree = buildTree(given);
  if (tree.total === 0) return [];
  const singles = findSingles(tree);
  const families = [...findNameFamilies(tree), ...findKindFamilies(tree)];
  return [...singles, ...families].sort((a, b) => b.retainedSize - a.retainedSize || a.nodes[0]! - b.nodes[0]!);
}

interface Tree extends SuspectGraph {
  readonly total: number;
  /** Dominated nodes by dominator + 1, so that those of the virtual root are the first; unreached ones are left out. */
  readonly children: { readonly offsets: Int32Array; readonly order: Int32Array };
}

function buildTree(given: SuspectGraph): Tree {
  const { dominator, selfSize } = given;
  const reached = Int32Array.from(dominator.keys()).filter((node) => dominator[node]! >= NONE);
  const total = reached.reduce((sum, node) => sum + selfSize[node]!, 0);
  const above = Int32Array.from(reached, (node) => dominator[node]! + 1);
  const { offsets, order } = groupByKey(above, dominator.length + 1);
  return { ...given, total, children: { offsets, order: order.map((at) => reached[at]!) } };
}

function isLarge({ total }: Tree, retained: number): boolean {
  return retained * SUSPECT_PARTS >= total;
}

/** A reached node that retains a tenth or more. */
function isLargeNode(tree: Tree, node: number): boolean {
  return tree.dominator[node]! >= NONE && isLarge(tree, tree.retainedSize[node]!);
}

/** The child that retains more than half of what `node` retains; −1 if none does. */
function findHeir({ children: { offsets, order }, retainedSize }: Tree, node: number): number {
  for (let slot = offsets[node + 1]!; slot < offsets[node + 2]!; slot++) {
    if (retainedSize[order[slot]!]! * CHAIN_PARTS > retainedSize[node]!) return order[slot]!;
  }
  return NONE;
}

function findSingles(tree: Tree): FoundSuspect[] {
  const { dominator, retainedSize } = tree;
  const large = Int32Array.from(dominator.keys()).filter((node) => isLargeNode(tree, node));
  const heirs = new Set(Array.from(large, (node) => findHeir(tree, node)));
  const starts = new Set(large.filter((node) => !heirs.has(node)));
  return [...starts].map((node) => ({
    nodes: [node],
    retainedSize: retainedSize[node]!,
    accumulation: findAccumulation(tree, node),
    within: findWithin(tree, starts, node),
    family: undefined,
  }));
}

/** The end of the chain from `start`; it goes on below nodes that are no suspects themselves. */
function findAccumulation(tree: Tree, start: number): number {
  let at = start;
  for (let heir = findHeir(tree, at); heir !== NONE; heir = findHeir(tree, at)) at = heir;
  return at;
}

function findWithin({ dominator }: Tree, starts: ReadonlySet<number>, node: number): number {
  let above = dominator[node]!;
  while (above >= 0 && !starts.has(above)) above = dominator[above]!;
  return above;
}

/** Smaller nodes of one kind and name, without those that another member dominates. */
function findNameFamilies(tree: Tree): FoundSuspect[] {
  const keys = tree.nodes.map(({ kind, name }) => `${kind} ${name}`);
  return toFamilies(
    tree,
    "name",
    Map.groupBy(listTopmost(tree, keys), (node) => keys[node]!),
  );
}

/** Smaller nodes of one kind directly under a suspect or the virtual root, if there are several kinds. */
function findKindFamilies(tree: Tree): FoundSuspect[] {
  const { dominator, nodes } = tree;
  if (new Set(nodes.map(({ kind }) => kind)).size < 2) return [];
  const isFrontier = (node: number) => {
    const above = dominator[node]!;
    return above >= NONE && !isLargeNode(tree, node) && (above === NONE || isLargeNode(tree, above));
  };
  const frontier = [...dominator.keys()].filter(isFrontier);
  const families = Map.groupBy(frontier, (node) => nodes[node]!.kind);
  // Equal names are found already.
  const several = [...families].filter(([, members]) => new Set(members.map((node) => nodes[node]!.name)).size > 1);
  return toFamilies(tree, "kind", new Map(several));
}

function toFamilies(tree: Tree, family: "name" | "kind", groups: ReadonlyMap<string, number[]>): FoundSuspect[] {
  const { retainedSize, graph, roots, selfSize, total } = tree;
  const isFamily = (members: readonly number[]) =>
    members.length > 1 &&
    isLarge(
      tree,
      members.reduce((sum, node) => sum + retainedSize[node]!, 0),
    );
  return [...groups.values()].filter(isFamily).map((members) => {
    const nodes = members.toSorted((a, b) => retainedSize[b]! - retainedSize[a]! || a - b);
    const together = total - sumReachedWithout(graph, roots, selfSize, nodes);
    return { nodes, retainedSize: together, accumulation: undefined, within: NONE, family };
  });
}

/** The smaller nodes that no other smaller node of the same key dominates: a walk of the tree that counts the keys above. */
function listTopmost(tree: Tree, keys: readonly string[]): number[] {
  const { offsets, order } = tree.children;
  const above = new Map<string, number>();
  const topmost: number[] = [];
  const next = offsets.slice();
  const enter = (node: number) => {
    if (isLargeNode(tree, node)) return;
    const count = above.get(keys[node]!) ?? 0;
    if (count === 0) topmost.push(node);
    above.set(keys[node]!, count + 1);
  };
  const leave = (node: number) => {
    if (!isLargeNode(tree, node)) above.set(keys[node]!, above.get(keys[node]!)! - 1);
  };
  const path = [NONE];
  while (path.length > 0) {
    const row = path.at(-1)! + 1;
    if (next[row]! < offsets[row + 1]!) {
      const child = order[next[row]!++]!;
      enter(child);
      path.push(child);
    } else {
      const left = path.pop()!;
      if (left !== NONE) leave(left);
    }
  }
  return topmost;
}
