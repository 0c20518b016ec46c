import type { Evidence } from "./component.ts";
import type { NamedId } from "./suspect.ts";

/** An edge that keeps a node in an artifact, and how it is known. */
export interface CutEdge {
  readonly from: NamedId;
  readonly to: NamedId;
  readonly evidence: keyof typeof Evidence;
}

/** As few edges as possible whose removal leaves no path from a root to a node. */
export interface EdgeCut {
  /** The first ones. */
  readonly edges: readonly CutEdge[];
  /** Bytes (or the components of an SBOM) that no root reaches without these edges, and their number of nodes. */
  readonly frees: number;
  readonly freedNodes: number;
}
