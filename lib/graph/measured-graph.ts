import type { Graph } from "./graph.ts";

/** Everything that is derived from a graph once, at scan time. Arrays are by node index unless they say otherwise. */
export interface MeasuredGraph {
  /** Bytes of everything reachable, the node included. */
  readonly closureSize: Float64Array;
  /** Bytes that would leave with the node. */
  readonly retainedSize: Float64Array;
  /** Distinct edges out and in; one to itself counts in both, as `nix-store -q --references` prints it. */
  readonly referenceCount: Int32Array;
  readonly referrerCount: Int32Array;
  /** 1 for each root the dominator tree hangs from: those of the snapshot, and those that complete them. */
  readonly root: Uint8Array;
  /** Immediate dominator, −1 directly under the virtual root above all roots. */
  readonly dominator: Int32Array;
  /** Column and place within it, for drawing. */
  readonly rank: Int32Array;
  readonly order: Int32Array;
  /** The edges, each (from, to) once. */
  readonly graph: Graph;
  /** By slot of `graph.targets`: the strongest evidence (lowest number) among the edges folded there. */
  readonly evidence: Uint8Array;
}
