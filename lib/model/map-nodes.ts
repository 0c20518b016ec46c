import type { ComponentKind } from "./component.ts";
import type { OverviewSide } from "./overview.ts";

/** What every map says of all nodes: names and edges. Arrays are by node index. */
interface NamedNodes {
  readonly names: readonly string[];
  readonly versions: readonly string[];
  readonly kinds: readonly ComponentKind[];
  /** The references in compressed rows: `nodes + 1` offsets, and the targets. */
  readonly offsets: Int32Array;
  readonly targets: Int32Array;
}

/** The nodes of one artifact. */
export interface MapNodes extends NamedNodes {
  readonly closureSize: Float64Array;
  readonly retainedSize: Float64Array;
}

/** The nodes of two united graphs: rows of their difference. */
export interface ComparedMapNodes extends NamedNodes {
  readonly sides: readonly OverviewSide[];
  /** Bytes on either side, 0 where a component is not present; beside an SBOM 1 for each component. */
  readonly leftSize: Float64Array;
  readonly rightSize: Float64Array;
}

export type AnyMapNodes = MapNodes | ComparedMapNodes;

export function areCompared(nodes: AnyMapNodes): nodes is ComparedMapNodes {
  return "sides" in nodes;
}
