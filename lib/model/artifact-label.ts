export type ArtifactKind = "image" | "closure" | "sbom";

/** An artifact in an answer. */
export interface ArtifactLabel {
  /** Short id, as the command line prints it; a root's store path if only its closure is used. */
  readonly id: string;
  readonly name: string;
  readonly kind: ArtifactKind;
  readonly digest: string;
  /** The store path of a root, if only its closure in the artifact is used. */
  readonly root?: string;
  /** The image is known by its manifest alone: the bytes of the whole answer are those of downloads. */
  readonly manifestOnly?: true;
  /**
   * `layersContentSize` of an image, `closureSize` of a closure. In an answer by downloads: `downloadSize`, `null` if it is not
   * known. Of an SBOM, which states no sizes, the number of its components.
   */
  readonly byteCount: number | null;
  /** Lowest first; empty for a closure or an SBOM. */
  readonly layers: readonly LayerLabel[];
}

/** The label in an answer by content. */
export interface MeasuredLabel extends ArtifactLabel {
  readonly byteCount: number;
}

export interface LayerLabel {
  readonly diffId: string;
  readonly chainId: string;
  /** Left out in an answer by downloads. */
  readonly contentSize?: number | undefined;
  /** In an answer by downloads only, if it is known. */
  readonly downloadSize?: number | undefined;
  /** The part of them that containers do not see. */
  readonly wastedSize: number;
  readonly createdBy: string;
}

/** Whether the bytes of an answer about these artifacts are those of downloads. */
export function isByDownload(artifacts: readonly Pick<ArtifactLabel, "manifestOnly">[]): boolean {
  return artifacts.some(({ manifestOnly }) => manifestOnly);
}
