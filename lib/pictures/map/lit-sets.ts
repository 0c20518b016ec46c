import { type Graph, reverse } from "#lib/graph/graph.ts";
import { computeReachable } from "#lib/graph/reachable.ts";

/** What lights up with a node. By node index: 1 for a node of the set; the node itself is in both. */
export interface LitSets {
  readonly needing: Uint8Array;
  readonly needed: Uint8Array;
  /** Without the node. */
  readonly needingCount: number;
  readonly neededCount: number;
}

/** Answers which nodes need a node, and which it needs, however far. One traversal each: O(n + m). */
export class LitGraph {
  readonly #graph: Graph;
  readonly #reversed: Graph;

  constructor({ offsets, targets }: Pick<Graph, "offsets" | "targets">) {
    this.#graph = { nodeCount: offsets.length - 1, edgeCount: targets.length, offsets, targets };
    this.#reversed = reverse(this.#graph);
  }

  light(node: number): LitSets {
    const needing = computeReachable(this.#reversed, [node]);
    const needed = computeReachable(this.#graph, [node]);
    return { needing, needed, needingCount: count(needing) - 1, neededCount: count(needed) - 1 };
  }

  /** Direct neighbours, by node index. */
  neighboursOf(node: number): { readonly referrers: Int32Array; readonly references: Int32Array } {
    const rowOf = ({ offsets, targets }: Graph) => targets.subarray(offsets[node], offsets[node + 1]);
    return { referrers: rowOf(this.#reversed), references: rowOf(this.#graph) };
  }
}

function count(marks: Uint8Array): number {
  let sum = 0;
  for (let i = 0; i < marks.length; i++) sum += marks[i]!;
  return sum;
}
