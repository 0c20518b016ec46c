import type { Graph, NodeList } from "./graph.ts";

/**
 * Everything the roots reach, numbered in depth-first preorder: these numbers are called vertices. Vertex 0 is a virtual root
 * above all roots.
 */
export interface PreorderGraph {
  /** The node at each vertex; −1 for the virtual root. */
  readonly nodeOf: Int32Array;
  /** The vertex from which each was entered, in the depth-first tree. Its own number for the virtual root. */
  readonly parent: Int32Array;
  /** The vertices with an edge to vertex v are `referrers[offsets[v] … offsets[v + 1])`; for a root, 0 is among them. */
  readonly offsets: Int32Array;
  readonly referrers: Int32Array;
}

/**
 * Walks a graph depth-first from its roots, in their order. O(n + m), no recursion. Throws a RangeError for a root that is not a
 * node.
 */
export function walkInPreorder(graph: Graph, roots: NodeList): PreorderGraph {
  const { nodeOf, parent, vertexOf } = walk(graph, roots);
  const { offsets, referrers } = turnRound(graph, roots, { nodeOf, vertexOf });
  return { nodeOf, parent, offsets, referrers };
}

function walk({ nodeCount, offsets, targets }: Graph, roots: NodeList) {
  const vertexOf = new Int32Array(nodeCount);
  const nodeOf = new Int32Array(nodeCount + 1).fill(-1);
  const parent = new Int32Array(nodeCount + 1);
  const nextSlot = offsets.slice(0, nodeCount);
  let count = 1;
  const enter = (node: number, from: number) => {
    vertexOf[node] = count;
    nodeOf[count] = node;
    parent[count] = from;
    return count++;
  };
  for (const root of roots) {
    if (root < 0 || root >= nodeCount) throw new RangeError(`root ${root} of ${nodeCount} nodes`);
    if (vertexOf[root] !== 0) continue;
    for (let vertex = enter(root, 0); vertex !== 0; ) {
      const node = nodeOf[vertex]!;
      const slot = nextSlot[node]!++;
      if (slot >= offsets[node + 1]!) vertex = parent[vertex]!;
      else if (vertexOf[targets[slot]!] === 0) vertex = enter(targets[slot]!, vertex);
    }
  }
  return { vertexOf, nodeOf: nodeOf.slice(0, count), parent: parent.slice(0, count) };
}

interface Numbering {
  readonly nodeOf: Int32Array;
  readonly vertexOf: Int32Array;
}

/** The reversed edges among the vertices: a counting sort by target. */
function turnRound(graph: Graph, roots: NodeList, { nodeOf, vertexOf }: Numbering) {
  const offsets = new Int32Array(nodeOf.length + 1);
  for (const root of roots) offsets[vertexOf[root]! + 1]!++;
  forEachEdge(graph, nodeOf, (_, target) => offsets[vertexOf[target]! + 1]!++);
  for (let vertex = 0; vertex < nodeOf.length; vertex++) offsets[vertex + 1]! += offsets[vertex]!;
  const referrers = new Int32Array(offsets[nodeOf.length]!);
  const next = offsets.slice(0, nodeOf.length);
  for (const root of roots) referrers[next[vertexOf[root]!]!++] = 0;
  forEachEdge(graph, nodeOf, (vertex, target) => {
    const to = vertexOf[target]!;
    referrers[next[to]!++] = vertex;
  });
  return { offsets, referrers };
}

function forEachEdge({ offsets, targets }: Graph, nodeOf: Int32Array, see: (vertex: number, target: number) => void) {
  for (let vertex = 1; vertex < nodeOf.length; vertex++) {
    const node = nodeOf[vertex]!;
    for (let slot = offsets[node]!; slot < offsets[node + 1]!; slot++) see(vertex, targets[slot]!);
  }
}
