import { type Graph, type NodeList, reverse } from "./graph.ts";
import { computeReachable } from "./reachable.ts";
import { computeStrongComponents } from "./strong-components.ts";

/** Paths are counted up to this number. */
export const MAX_COUNTED_PATHS = 1_000_000;
/** Edges looked at inside cycles, whose simple paths can only be counted one by one: some 50 ms. */
const CYCLE_STEPS = 2_000_000;

export interface PathCount {
  /** Number of simple paths from any start to the target; at most `MAX_COUNTED_PATHS`. */
  readonly count: number;
  /** False: there are at least `count`. */
  readonly exact: boolean;
}

export interface PathCounting {
  readonly graph: Graph;
  readonly starts: NodeList;
  readonly target: number;
  /** The reversed graph, if the caller has it already. */
  readonly reversed?: Graph;
  /** Edges that may be looked at inside cycles; default: 2,000,000. */
  readonly steps?: number;
}

/**
 * Counts the simple paths from any start to the target. A simple path passes each cycle (strongly connected component) once, so
 * the ways multiply from component to component; only inside one they are followed one by one. O(n + m + steps). Throws a
 * RangeError for a start that is not a node.
 */
export function countPaths({ graph, starts, target, reversed, steps }: PathCounting): PathCount {
  const reached = computeReachable(graph, starts);
  const reaching = computeReachable(reversed ?? reverse(graph), [target]);
  if (reached[target] === 0) return { count: 0, exact: true };
  const counter = new WayCounter(graph, target, steps ?? CYCLE_STEPS);
  for (const start of new Set(starts)) counter.arrive[start] = 1;
  const { component } = computeStrongComponents(graph);
  const between = Int32Array.from(component.keys()).filter((node) => reached[node] === 1 && reaching[node] === 1);
  // From the first component to the last: edges go from higher numbers to lower.
  between.sort((a, b) => component[b]! - component[a]! || a - b);
  for (let from = 0, to = 0; from < between.length; from = to) {
    while (to < between.length && component[between[to]!] === component[between[from]!]) to++;
    const members = between.subarray(from, to);
    counter.pass(members, component, reaching);
    // Each way that arrives at a node between starts and target goes on to the target.
    if (members.some((node) => counter.arrive[node]! >= MAX_COUNTED_PATHS))
      return { count: MAX_COUNTED_PATHS, exact: false };
  }
  return counter.total();
}

class WayCounter {
  readonly #graph: Graph;
  readonly #target: number;
  /** Ways from a start to a node that enter its component there. */
  readonly arrive: Float64Array;
  /** Ways from a start to a node, through its component. */
  readonly #at: Float64Array;
  readonly #onPath: Uint8Array;
  #steps: number;
  #exact = true;

  constructor(graph: Graph, target: number, steps: number) {
    this.#graph = graph;
    this.#target = target;
    this.#steps = steps;
    this.arrive = new Float64Array(graph.nodeCount);
    this.#at = new Float64Array(graph.nodeCount);
    this.#onPath = new Uint8Array(graph.nodeCount);
  }

  /** A number of paths; at least one, as the target is reached. */
  total(): PathCount {
    const count = Math.max(1, this.#at[this.#target]!);
    if (count > MAX_COUNTED_PATHS) return { count: MAX_COUNTED_PATHS, exact: false };
    return { count, exact: this.#exact };
  }

  /** Takes the ways through one component, and over its outgoing edges to the next ones. */
  pass(members: Int32Array, component: Int32Array, reaching: Uint8Array): void {
    if (members.length === 1) this.#at[members[0]!] = this.arrive[members[0]!]!;
    else for (const entry of members) if (this.arrive[entry]! > 0) this.#follow(entry, component);
    const { offsets, targets } = this.#graph;
    for (const node of members) {
      for (let slot = offsets[node]!; slot < offsets[node + 1]!; slot++) {
        const next = targets[slot]!;
        if (reaching[next] === 0 || component[next] === component[node] || this.#isRepeat(node, slot)) continue;
        this.arrive[next]! += this.#at[node]!;
      }
    }
  }

  /** Every simple path from `entry` inside its component, one by one: each prefix is a path to the node at its end. */
  #follow(entry: number, component: Int32Array): void {
    const ways = this.arrive[entry]!;
    const path: number[] = [];
    const slots: number[] = [];
    const enter = (node: number) => {
      this.#at[node]! += ways;
      this.#onPath[node] = 1;
      path.push(node);
      slots.push(node === this.#target ? this.#graph.offsets[node + 1]! : this.#graph.offsets[node]!);
    };
    enter(entry);
    while (path.length > 0) {
      const node = path.at(-1)!;
      const next = this.#nextInside(node, slots, component);
      if (next >= 0) enter(next);
      else {
        this.#onPath[path.pop()!] = 0;
        slots.pop();
      }
    }
  }

  /** The next node of the same component that is not on the path; −1 if there is none, or no more steps may be taken. */
  #nextInside(node: number, slots: number[], component: Int32Array): number {
    const { offsets, targets } = this.#graph;
    const top = slots.length - 1;
    while (slots[top]! < offsets[node + 1]!) {
      if (this.#steps-- <= 0) {
        this.#exact = false;
        return -1;
      }
      const slot = slots[top]!++;
      const next = targets[slot]!;
      if (component[next] === component[node] && this.#onPath[next] === 0 && !this.#isRepeat(node, slot)) return next;
    }
    return -1;
  }

  #isRepeat(node: number, slot: number): boolean {
    const { offsets, targets } = this.#graph;
    return slot > offsets[node]! && targets[slot - 1] === targets[slot];
  }
}
