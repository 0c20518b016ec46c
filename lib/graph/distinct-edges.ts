import type { Graph } from "./graph.ts";

export interface DistinctEdges {
  /** The same graph with every (from, to) once. */
  readonly graph: Graph;
  /** For each slot of the input graph, the slot it became. Repeated edges share one. */
  readonly slotOf: Int32Array;
}

/** Merges repeated edges. The row lengths of the result are the distinct reference counts. */
export function distinctEdges(graph: Graph): DistinctEdges {
  const { nodeCount, offsets, targets } = graph;
  const slotOf = new Int32Array(graph.edgeCount);
  const newOffsets = new Int32Array(nodeCount + 1);
  const newTargets = new Int32Array(graph.edgeCount);
  let filled = 0;
  for (let node = 0; node < nodeCount; node++) {
    const first = filled;
    for (let slot = offsets[node]!; slot < offsets[node + 1]!; slot++) {
      const target = targets[slot]!;
      if (filled === first || newTargets[filled - 1] !== target) newTargets[filled++] = target;
      slotOf[slot] = filled - 1;
    }
    newOffsets[node + 1] = filled;
  }
  return { graph: { nodeCount, edgeCount: filled, offsets: newOffsets, targets: newTargets.slice(0, filled) }, slotOf };
}
