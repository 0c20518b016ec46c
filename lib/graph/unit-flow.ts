import type { Edge, Graph, NodeList } from "./graph.ts";

export interface FlowGraph {
  readonly graph: Graph;
  readonly reversed: Graph;
  /** 1 for the nodes that may be used. */
  readonly allowed: Uint8Array;
}

const UNSEEN = -1;

/**
 * A flow in which each edge takes one unit. What is left of the graph: edges without flow, and edges with flow backwards. Repeats
 * of an edge count once.
 */
export class UnitFlow {
  readonly #graph: Graph;
  readonly #reversed: Graph;
  readonly #allowed: Uint8Array;
  /** The slot in `graph` of each slot in `reversed`. */
  readonly #slotOf: Int32Array;
  /** 1 for the slots with flow. */
  readonly #used: Uint8Array;

  constructor({ graph, reversed, allowed }: FlowGraph) {
    this.#graph = graph;
    this.#reversed = reversed;
    this.#allowed = allowed;
    this.#slotOf = matchSlots(graph, reversed);
    this.#used = new Uint8Array(graph.edgeCount);
  }

  /** Adds as much flow as the shortest free paths from the starts to the target take. False if there is none. O(m). */
  increase(starts: NodeList, target: number): boolean {
    const level = this.#findLevels(starts);
    if (level[target] === UNSEEN) return false;
    const tried = new Int32Array(level.length);
    for (const start of starts) while (this.#augment(start, target, level, tried)) {}
    return true;
  }

  /** Adds to `side` the nodes `from` and all that they reach in what is left of the graph. */
  close(side: Uint8Array, from: NodeList): void {
    const waiting: number[] = [];
    const enter = (node: number) => {
      if (side[node] === 1 || this.#allowed[node] === 0) return;
      side[node] = 1;
      waiting.push(node);
    };
    for (const node of from) enter(node);
    for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
      for (let i = this.#arcCount(node) - 1; i >= 0; i--) if (this.#isFree(node, i)) enter(this.#endOf(node, i));
    }
  }

  /** 1 for the nodes that reach the target in what is left of the graph. */
  reachingNodes(target: number): Uint8Array {
    const side = new Uint8Array(this.#graph.nodeCount);
    const waiting = [target];
    side[target] = 1;
    for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
      for (let i = this.#arcCount(node) - 1; i >= 0; i--) {
        const other = this.#endOf(node, i);
        if (side[other] === 1 || this.#allowed[other] === 0 || !this.#isFreeBackwards(node, i)) continue;
        side[other] = 1;
        waiting.push(other);
      }
    }
    return side;
  }

  /** The edges from a node of this side to one that is not, in the order of their ends. */
  listLeaving(side: Uint8Array): Edge[] {
    const { offsets, targets } = this.#graph;
    const leaving: Edge[] = [];
    for (let node = 0; node < side.length; node++) {
      if (side[node] === 0) continue;
      for (let slot = offsets[node]!; slot < offsets[node + 1]!; slot++) {
        const to = targets[slot]!;
        if (side[to] === 0 && this.#allowed[to] === 1 && !this.#isRepeat(node, slot)) leaving.push([node, to]);
      }
    }
    return leaving;
  }

  #findLevels(starts: NodeList): Int32Array {
    const level = new Int32Array(this.#graph.nodeCount).fill(UNSEEN);
    const queue: number[] = [];
    const enter = (node: number, at: number) => {
      if (level[node] !== UNSEEN || this.#allowed[node] === 0) return;
      level[node] = at;
      queue.push(node);
    };
    for (const start of starts) enter(start, 0);
    for (const node of queue) {
      const arcs = this.#arcCount(node);
      for (let i = 0; i < arcs; i++) if (this.#isFree(node, i)) enter(this.#endOf(node, i), level[node]! + 1);
    }
    return level;
  }

  /** One path of rising levels. `tried`: arcs of each node that lead nowhere any more. */
  #augment(start: number, target: number, level: Int32Array, tried: Int32Array): boolean {
    if (level[start] === UNSEEN) return false;
    const path = [start];
    while (path.at(-1) !== target) {
      const node = path.at(-1)!;
      const arcs = this.#arcCount(node);
      let arc = tried[node]!;
      while (arc < arcs && !(this.#isFree(node, arc) && level[this.#endOf(node, arc)] === level[node]! + 1)) arc++;
      tried[node] = arc;
      if (arc < arcs) path.push(this.#endOf(node, arc));
      else {
        path.pop();
        if (path.length === 0) return false;
        tried[path.at(-1)!]!++;
      }
    }
    for (const node of path.slice(0, -1)) this.#use(node, tried[node]!);
    return true;
  }

  /** Arcs of a node: its edges, then those that lead to it. */
  #arcCount(node: number): number {
    return this.#outCount(node) + this.#reversed.offsets[node + 1]! - this.#reversed.offsets[node]!;
  }

  #outCount(node: number): number {
    return this.#graph.offsets[node + 1]! - this.#graph.offsets[node]!;
  }

  #endOf(node: number, arc: number): number {
    const out = this.#outCount(node);
    if (arc < out) return this.#graph.targets[this.#graph.offsets[node]! + arc]!;
    return this.#reversed.targets[this.#reversed.offsets[node]! + arc - out]!;
  }

  #slotAt(node: number, arc: number): number {
    const out = this.#outCount(node);
    return arc < out ? this.#graph.offsets[node]! + arc : this.#slotOf[this.#reversed.offsets[node]! + arc - out]!;
  }

  #isFree(node: number, arc: number): boolean {
    const slot = this.#slotAt(node, arc);
    return arc < this.#outCount(node) ? this.#used[slot] === 0 && !this.#isRepeat(node, slot) : this.#used[slot] === 1;
  }

  /** The arc can be passed from its end to the node. */
  #isFreeBackwards(node: number, arc: number): boolean {
    const slot = this.#slotAt(node, arc);
    if (arc < this.#outCount(node)) return this.#used[slot] === 1;
    return this.#used[slot] === 0 && !this.#isRepeat(this.#endOf(node, arc), slot);
  }

  #use(node: number, arc: number): void {
    this.#used[this.#slotAt(node, arc)] = arc < this.#outCount(node) ? 1 : 0;
  }

  #isRepeat(node: number, slot: number): boolean {
    const { offsets, targets } = this.#graph;
    return slot > offsets[node]! && targets[slot - 1] === targets[slot];
  }
}

/** `reverse` fills rows in the order of the slots. */
function matchSlots(graph: Graph, reversed: Graph): Int32Array {
  const next = reversed.offsets.slice(0, graph.nodeCount);
  const slotOf = new Int32Array(graph.edgeCount);
  for (let slot = 0; slot < graph.edgeCount; slot++) slotOf[next[graph.targets[slot]!]!++] = slot;
  return slotOf;
}
