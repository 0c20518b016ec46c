/** One layer in a column. Sizes in bytes. */
export interface Stratum {
  readonly position: number;
  readonly diffId: string;
  readonly contentSize: number;
  readonly wastedSize: number;
  readonly createdBy: string;
  /** Stored artifacts with this layer, this one included. */
  readonly imageCount: number;
}

/** One node of a closure's block. Sizes in bytes. */
export interface DominatedNode {
  readonly nodeIndex: number;
  readonly name: string;
  readonly version: string;
  readonly selfSize: number;
  readonly retainedSize: number;
  /** The node index of the immediate dominator; -1 directly under the virtual root. */
  readonly dominator: number;
}

/** The picture of an artifact: strata, lowest first, or the nodes that retain most, the largest first. */
export type Column =
  | { readonly kind: "image"; readonly bytes: number; readonly strata: readonly Stratum[] }
  | { readonly kind: "closure"; readonly bytes: number; readonly nodes: readonly DominatedNode[] };
