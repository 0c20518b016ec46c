/** An artifact in an answer. */
export interface ArtifactLabel {
  /** Short id, as the command line prints it; a root's store path if only its closure is used. */
  readonly id: string;
  readonly name: string;
  readonly kind: "image" | "closure";
  readonly digest: string;
  /** The store path of a root, if only its closure in the artifact is used. */
  readonly root?: string;
  /** `layersContentSize` of an image, `closureSize` of a closure. */
  readonly byteCount: number;
  /** Lowest first; empty for a closure. */
  readonly layers: readonly LayerLabel[];
}

export interface LayerLabel {
  readonly diffId: string;
  readonly chainId: string;
  readonly contentSize: number;
  /** The part of them that containers do not see. */
  readonly wastedSize: number;
  readonly createdBy: string;
}
