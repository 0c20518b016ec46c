import type { Graph, NodeList } from "./graph.ts";
import { type PreorderGraph, walkInPreorder } from "./preorder.ts";

/** Dominated only by the virtual root above all roots. */
export const UNDER_VIRTUAL_ROOT = -1;
/** Reached from no root: has no dominator. */
export const UNREACHED = -2;

/** No vertex: the end of a list, or no ancestor yet. Vertex 0 is the virtual root. */
const NONE = -1;

export interface Dominators {
  /** Immediate dominator of each node, `UNDER_VIRTUAL_ROOT` or `UNREACHED`. */
  readonly dominator: Int32Array;
  /** The nodes that a root reaches, each after its dominator. */
  readonly order: Int32Array;
}

/**
 * Immediate dominators under one virtual root above all `roots`, of any graph: cycles need no special treatment. Lengauer and
 * Tarjan 1979, "A fast algorithm for finding dominators in a flowgraph", with path compression alone: O(m log n) for any graph,
 * which neither SEMI-NCA nor iteration to a fixpoint guarantees for hostile ones. No recursion. Throws a RangeError for a root
 * that is not a node.
 */
export function computeDominators(graph: Graph, roots: NodeList): Dominators {
  const walk = walkInPreorder(graph, roots);
  const above = findVertexDominators(walk);
  const dominator = new Int32Array(graph.nodeCount).fill(UNREACHED);
  for (let vertex = 1; vertex < above.length; vertex++) {
    const by = above[vertex]!;
    dominator[walk.nodeOf[vertex]!] = by === 0 ? UNDER_VIRTUAL_ROOT : walk.nodeOf[by]!;
  }
  return { dominator, order: walk.nodeOf.subarray(1) };
}

/** The same in preorder numbers, 0 the virtual root. A dominator has a lower number than the nodes it dominates. */
function findVertexDominators(walk: PreorderGraph): Int32Array {
  const { parent } = walk;
  const count = parent.length;
  const forest = new LinkedForest(count);
  const dominator = new Int32Array(count);
  const buckets = new Buckets(count);
  for (let vertex = count - 1; vertex > 0; vertex--) {
    const above = parent[vertex]!;
    const semi = findSemidominator(walk, forest, vertex);
    forest.semi[vertex] = semi;
    buckets.add(semi, vertex);
    forest.link(above, vertex);
    for (let waiting = buckets.first[above]!; waiting !== NONE; waiting = buckets.next[waiting]!) {
      const least = forest.findLeast(waiting);
      dominator[waiting] = forest.semi[least]! < above ? least : above;
    }
    buckets.first[above] = NONE;
  }
  for (let vertex = 1; vertex < count; vertex++) {
    const by = dominator[vertex]!;
    if (by !== forest.semi[vertex]) dominator[vertex] = dominator[by]!;
  }
  return dominator;
}

/** The lowest vertex from which a path leads here whose inner vertices are all higher than this one. */
function findSemidominator(
  { parent, offsets, referrers }: PreorderGraph,
  forest: LinkedForest,
  vertex: number,
): number {
  let lowest = parent[vertex]!;
  const end = offsets[vertex + 1]!;
  for (let slot = offsets[vertex]!; slot < end; slot++) {
    const referrer = referrers[slot]!;
    // An earlier vertex represents itself: it is not in a tree of the forest yet.
    const reaches = referrer < vertex ? referrer : forest.semi[forest.findLeast(referrer)]!;
    if (reaches < lowest) lowest = reaches;
  }
  return lowest;
}

/** Lists of vertices, one per vertex; a vertex is in at most one list. */
class Buckets {
  readonly first: Int32Array;
  readonly next: Int32Array;

  constructor(count: number) {
    this.first = new Int32Array(count).fill(NONE);
    this.next = new Int32Array(count);
  }

  add(list: number, vertex: number): void {
    this.next[vertex] = this.first[list]!;
    this.first[list] = vertex;
  }
}

/** The forest of the vertices seen so far, with paths compressed during queries. */
class LinkedForest {
  /** Semidominator of each vertex; the vertex itself until it is computed. */
  readonly semi: Int32Array;
  /** Some vertex above in the same tree, `NONE` at the top. */
  readonly #ancestor: Int32Array;
  /** The vertex with the lowest semidominator, from this one up to below `#ancestor`. */
  readonly #least: Int32Array;
  readonly #path: Int32Array;

  constructor(count: number) {
    this.semi = Int32Array.from({ length: count }, (_, vertex) => vertex);
    this.#ancestor = new Int32Array(count).fill(NONE);
    this.#least = this.semi.slice();
    this.#path = new Int32Array(count);
  }

  link(above: number, vertex: number): void {
    this.#ancestor[vertex] = above;
  }

  /** The vertex with the lowest semidominator, from this one up to below the top of its tree. */
  findLeast(vertex: number): number {
    const ancestor = this.#ancestor;
    const above = ancestor[vertex]!;
    if (above !== NONE && ancestor[above] !== NONE) this.#compress(vertex);
    return this.#least[vertex]!;
  }

  /** Links the whole path above a vertex directly to the top of its tree, the highest first. */
  #compress(vertex: number): void {
    const ancestor = this.#ancestor;
    const least = this.#least;
    const { semi } = this;
    let length = 0;
    for (let at = vertex; ancestor[ancestor[at]!] !== NONE; at = ancestor[at]!) this.#path[length++] = at;
    while (length > 0) {
      const at = this.#path[--length]!;
      const above = ancestor[at]!;
      if (semi[least[above]!]! < semi[least[at]!]!) least[at] = least[above]!;
      ancestor[at] = ancestor[above]!;
    }
  }
}
