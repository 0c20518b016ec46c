import type { ComponentKind } from "./component.ts";

/** What a map says of all nodes: names, measures and edges. Arrays are by node index. */
export interface MapNodes {
  readonly names: readonly string[];
  readonly versions: readonly string[];
  readonly kinds: readonly ComponentKind[];
  readonly closureSize: Float64Array;
  readonly retainedSize: Float64Array;
  /** The references in compressed rows: `nodes + 1` offsets, and the targets. */
  readonly offsets: Int32Array;
  readonly targets: Int32Array;
}
