import type { Graph } from "./graph.ts";
import type { Section } from "./section/section.ts";

/** Everything derived from a graph once, at scan time. Arrays are by node index unless noted otherwise. */
export interface MeasuredGraph {
  /** Bytes of everything reachable, the node included. */
  readonly closureSize: Float64Array;
  /** Bytes removed together with the node. */
  readonly retainedSize: Float64Array;
  /** Distinct edges out and in; a self edge counts in both, as in `nix-store -q --references`. */
  readonly referenceCount: Int32Array;
  readonly referrerCount: Int32Array;
  /** 1 for each root of the dominator tree: those of the snapshot, and those that complete them. */
  readonly root: Uint8Array;
  /** Immediate dominator, −1 directly under the virtual root above all roots. */
  readonly dominator: Int32Array;
  /** Column and row, for drawing. */
  readonly rank: Int32Array;
  readonly order: Int32Array;
  /** The edges, each (from, to) once. */
  readonly graph: Graph;
  /** By slot of `graph.targets`: the strongest evidence (lowest number) among the merged edges. */
  readonly evidence: Uint8Array;
  /** All nodes at once, for the map. */
  readonly section: Section;
}
