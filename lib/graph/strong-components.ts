import type { Graph } from "./graph.ts";

export interface StrongComponents {
  readonly count: number;
  /**
   * Component of each node, in reverse topological order: an edge between two components goes from the higher number to the
   * lower. The numbers are also a depth-first post-order, so nodes close in the graph have close numbers.
   */
  readonly component: Int32Array;
}

const UNSEEN = -1;

/**
 * Strongly connected components (Tarjan 1972), with an explicit stack: a store's graph is deeper than JavaScript's call stack.
 * O(n + m).
 */
export function computeStrongComponents(graph: Graph): StrongComponents {
  const { nodeCount, offsets, targets } = graph;
  const component = new Int32Array(nodeCount).fill(UNSEEN);
  const seenAt = new Int32Array(nodeCount).fill(UNSEEN);
  const low = new Int32Array(nodeCount);
  const nextSlot = offsets.slice(0, nodeCount);
  const path = new Int32Array(nodeCount);
  const open = new Int32Array(nodeCount);
  let count = 0;
  let clock = 0;
  let openCount = 0;
  for (let start = 0; start < nodeCount; start++) {
    if (seenAt[start] !== UNSEEN) continue;
    let depth = 0;
    path[0] = start;
    while (depth >= 0) {
      const node = path[depth]!;
      if (seenAt[node] === UNSEEN) {
        seenAt[node] = low[node] = clock++;
        open[openCount++] = node;
      }
      const child = nextUnseen(node);
      if (child !== UNSEEN) {
        path[++depth] = child;
        continue;
      }
      if (low[node] === seenAt[node]) closeComponent(node);
      depth--;
      if (depth >= 0) low[path[depth]!] = Math.min(low[path[depth]!]!, low[node]!);
    }
  }
  return { count, component };

  /** The next child that the search has not entered; lowers `low` for open ones on the way. */
  function nextUnseen(node: number): number {
    const end = offsets[node + 1]!;
    for (let slot = nextSlot[node]!; slot < end; slot++) {
      const target = targets[slot]!;
      if (seenAt[target] === UNSEEN) {
        nextSlot[node] = slot + 1;
        return target;
      }
      if (component[target] === UNSEEN && seenAt[target]! < low[node]!) low[node] = seenAt[target]!;
    }
    nextSlot[node] = end;
    return UNSEEN;
  }

  function closeComponent(node: number): void {
    let member: number;
    do {
      member = open[--openCount]!;
      component[member] = count;
    } while (member !== node);
    count++;
  }
}
