/** An artifact as answers name it. */
export interface ArtifactLabel {
  /** Short id, as the command line prints it; a root's store path where only its closure is meant. */
  readonly id: string;
  readonly name: string;
  readonly kind: "image" | "closure";
  readonly digest: string;
  /** The store path of a root, where only its closure in the artifact is meant. */
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
  /** Of those, bytes no container sees. */
  readonly wastedSize: number;
  readonly createdBy: string;
}
