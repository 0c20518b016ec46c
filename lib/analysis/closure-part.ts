import { listMarked } from "#lib/graph/complete-roots.ts";
import type { Graph } from "#lib/graph/graph.ts";
import { computeReachable } from "#lib/graph/reachable.ts";
import type { ClosureHolding, ItemBodies } from "#lib/model/holding.ts";

/** The nodes of a root's closure, ascending: node i of the part is node `nodes[i]` of the whole. */
export function listPartNodes(graph: Graph, root: number): Int32Array {
  return listMarked(computeReachable(graph, [root]));
}

/** The subgraph of `nodes`, and for each of its edges the edge's slot in the whole. `nodes` must be closed under references. */
export function limitGraph(whole: Graph, nodes: Int32Array): { graph: Graph; slots: Int32Array } {
  const numberOf = numberNodes(whole.nodeCount, nodes);
  const offsets = new Int32Array(nodes.length + 1);
  const slots: number[] = [];
  for (const [i, node] of nodes.entries()) {
    for (let slot = whole.offsets[node]!; slot < whole.offsets[node + 1]!; slot++) slots.push(slot);
    offsets[i + 1] = slots.length;
  }
  const targets = Int32Array.from(slots, (slot) => numberOf[whole.targets[slot]!]!);
  const graph = { nodeCount: nodes.length, edgeCount: targets.length, offsets, targets };
  return { graph, slots: Int32Array.from(slots) };
}

/** The holding of these nodes of a closure. */
export function limitHolding({ artifactId, items }: ClosureHolding, nodes: Int32Array): ClosureHolding {
  const { count, componentId, narSize, fileSize, bodies } = items;
  return {
    kind: "closure",
    artifactId,
    items: {
      count: nodes.length,
      componentId: pick(componentId, nodes),
      narSize: pick(narSize, nodes),
      ...(fileSize === undefined ? {} : { fileSize: pick(fileSize, nodes) }),
      ...(bodies === undefined ? {} : { bodies: limitBodies(bodies, count, nodes) }),
    },
  };
}

function limitBodies(bodies: ItemBodies, itemCount: number, nodes: Int32Array): ItemBodies {
  const numberOf = numberNodes(itemCount, nodes);
  const rows: number[] = [];
  for (let row = 0; row < bodies.count; row++) if (numberOf[bodies.item[row]!]! >= 0) rows.push(row);
  return {
    count: rows.length,
    known: Uint8Array.from(nodes, (node) => bodies.known[node]!),
    item: Int32Array.from(rows, (row) => numberOf[bodies.item[row]!]!),
    contentId: Int32Array.from(rows, (row) => bodies.contentId[row]!),
    byteCount: Float64Array.from(rows, (row) => bodies.byteCount[row]!),
  };
}

/** For each node of the whole, its index in the part, or −1. */
function numberNodes(count: number, nodes: Int32Array): Int32Array {
  const numberOf = new Int32Array(count).fill(-1);
  for (const [i, node] of nodes.entries()) numberOf[node] = i;
  return numberOf;
}

function pick(column: Float64Array, nodes: Int32Array): Float64Array {
  return Float64Array.from(nodes, (node) => column[node]!);
}
