import type { SnapshotEdges } from "#lib/model/snapshot.ts";
import type { KeptGraph } from "./kept/graphs.ts";

/** No row of `details`. */
const NO_DETAIL = -1;

/**
 * The edges of a graph in its order, each with everything that states it: first what was found first. A store reference, which has no
 * statement, has its evidence alone. O(n + m log m).
 */
export function sortStatements(
  { graph, evidence }: Pick<KeptGraph, "graph" | "evidence">,
  stated: SnapshotEdges,
): SnapshotEdges {
  const { from, to } = stated;
  const order = Int32Array.from(from.keys()).sort((a, b) => from[a]! - from[b]! || to[a]! - to[b]! || a - b);
  const sorted = new StatementColumns();
  let next = 0;
  for (let node = 0; node < graph.nodeCount; node++) {
    for (let slot = graph.offsets[node]!; slot < graph.offsets[node + 1]!; slot++) {
      const target = graph.targets[slot]!;
      const first = next;
      for (; next < order.length && isAt(stated, order[next]!, node, target); next++) {
        const row = order[next]!;
        sorted.add(node, target, stated.evidence[row]!, stated.detail[row]!);
      }
      if (next === first) sorted.add(node, target, evidence[slot]!, NO_DETAIL);
    }
  }
  return sorted.finish(stated.details);
}

function isAt({ from, to }: SnapshotEdges, row: number, node: number, target: number): boolean {
  return from[row] === node && to[row] === target;
}

class StatementColumns {
  readonly #from: number[] = [];
  readonly #to: number[] = [];
  readonly #evidence: number[] = [];
  readonly #detail: number[] = [];

  add(from: number, to: number, evidence: number, detail: number): void {
    this.#from.push(from);
    this.#to.push(to);
    this.#evidence.push(evidence);
    this.#detail.push(detail);
  }

  finish(details: readonly string[]): SnapshotEdges {
    return {
      from: Int32Array.from(this.#from),
      to: Int32Array.from(this.#to),
      evidence: Uint8Array.from(this.#evidence),
      detail: Int32Array.from(this.#detail),
      details,
    };
  }
}
