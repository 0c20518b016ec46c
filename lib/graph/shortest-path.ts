import { computeDistances, UNREACHABLE } from "./distances.ts";
import { type Graph, type NodeList, reverse } from "./graph.ts";

export interface PathSearch {
  readonly graph: Graph;
  readonly starts: NodeList;
  readonly target: number;
  /** Maximum number of paths. */
  readonly limit: number;
  /** The reversed graph, if the caller has it already. */
  readonly reversed?: Graph;
  /** Maximum number of partial paths in memory; default: 200,000. */
  readonly steps?: number;
}

export interface FoundPaths {
  /** Node indexes from a start to the target, both included; shortest first. Empty if no start reaches the target. */
  readonly paths: readonly (readonly number[])[];
  /** More paths exist, or may exist. */
  readonly truncated: boolean;
}

/** The number of simple paths grows exponentially: work stops at this limit, far below a second. */
const PATH_STEPS = 200_000;

/**
 * Simple paths from any start to the target, in order of length. Best first (Hart, Nilsson, Raphael 1968): one breadth-first
 * search backwards gives the exact distance to the target, so a partial path is only extended towards the target, and the first
 * path found is a shortest one. Paths of equal length are in the order of their starts, then of their nodes. O(n + m + steps · length). Throws a RangeError for a start or target that is not a node.
 */
export function shortestPaths({ graph, starts, target, limit, reversed, steps = PATH_STEPS }: PathSearch): FoundPaths {
  checkNodes(graph.nodeCount, [...starts, target]);
  const distance = computeDistances(reversed ?? reverse(graph), [target]);
  const partial = new PartialPaths(graph.nodeCount);
  // Backwards, as below: of equally near starts, the first one leads.
  for (const start of Array.from(new Set(starts)).reverse()) {
    if (distance[start]! !== UNREACHABLE) partial.push(start, -1, distance[start]!);
  }
  const paths: number[][] = [];
  for (let entry = partial.pop(); entry !== undefined; entry = partial.pop()) {
    const node = partial.nodeOf(entry);
    if (node === target) {
      // Searches for one path beyond the limit, to know whether there is one.
      if (paths.length === limit) return { paths, truncated: true };
      paths.push(partial.pathTo(entry));
      continue;
    }
    if (partial.count + graph.offsets[node + 1]! - graph.offsets[node]! > steps) return { paths, truncated: true };
    extendPath(graph, distance, partial, entry);
  }
  return { paths, truncated: false };
}

function checkNodes(nodeCount: number, nodes: readonly number[]): void {
  for (const node of nodes) if (node < 0 || node >= nodeCount) throw new RangeError(`node ${node} of ${nodeCount}`);
}

function extendPath(graph: Graph, distance: Int32Array, partial: PartialPaths, entry: number): void {
  const node = partial.nodeOf(entry);
  const first = graph.offsets[node]!;
  // Backwards, as the last one pushed is the first one popped: paths of equal length are in the order of their nodes.
  for (let slot = graph.offsets[node + 1]! - 1; slot >= first; slot--) {
    const next = graph.targets[slot]!;
    if (slot > first && graph.targets[slot - 1] === next) continue;
    if (distance[next] === UNREACHABLE || partial.contains(entry, next)) continue;
    partial.push(next, entry, distance[next]!);
  }
}

/** Partial paths as a tree of entries, in one stack for each best possible length. */
class PartialPaths {
  readonly #node: number[] = [];
  readonly #parent: number[] = [];
  readonly #length: number[] = [];
  /** Entry under this one in its stack. */
  readonly #below: number[] = [];
  readonly #stackTop: Int32Array;
  #shortest = 0;

  constructor(nodeCount: number) {
    this.#stackTop = new Int32Array(nodeCount + 1).fill(-1);
  }

  get count(): number {
    return this.#node.length;
  }

  push(node: number, parent: number, distance: number): void {
    const length = parent < 0 ? 0 : this.#length[parent]! + 1;
    const best = length + distance;
    // Longer than any simple path of this graph.
    if (best >= this.#stackTop.length - 1) return;
    const entry = this.#node.length;
    this.#node.push(node);
    this.#parent.push(parent);
    this.#length.push(length);
    this.#below.push(this.#stackTop[best]!);
    this.#stackTop[best] = entry;
  }

  /** The newest of the entries with the shortest possible path. Extending it never gives a shorter one. */
  pop(): number | undefined {
    while (this.#shortest < this.#stackTop.length && this.#stackTop[this.#shortest] === -1) this.#shortest++;
    const entry = this.#stackTop[this.#shortest];
    if (entry === undefined) return undefined;
    this.#stackTop[this.#shortest] = this.#below[entry]!;
    return entry;
  }

  nodeOf(entry: number): number {
    return this.#node[entry]!;
  }

  contains(entry: number, node: number): boolean {
    for (let at = entry; at >= 0; at = this.#parent[at]!) if (this.#node[at] === node) return true;
    return false;
  }

  pathTo(entry: number): number[] {
    const path: number[] = [];
    for (let at = entry; at >= 0; at = this.#parent[at]!) path.push(this.#node[at]!);
    return path.reverse();
  }
}
