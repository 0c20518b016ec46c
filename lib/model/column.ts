/** One layer in a column. Sizes in bytes. */
export interface Stratum {
  readonly position: number;
  readonly diffId: string;
  /** Its content or, in an image known by its manifest alone, its download. */
  readonly bytes: number;
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
  | {
      readonly kind: "image";
      readonly bytes: number;
      readonly strata: readonly Stratum[];
      /** Bytes are those of downloads. */
      readonly manifestOnly: boolean;
    }
  | { readonly kind: "closure"; readonly bytes: number; readonly nodes: readonly DominatedNode[] }
  // An SBOM states no bytes, so there is nothing to draw to scale.
  | { readonly kind: "sbom"; readonly bytes: 0 };

export const NO_COLUMN: Column = { kind: "sbom", bytes: 0 };

type LayerOfImage = Omit<Stratum, "bytes"> & {
  readonly contentSize?: number | undefined;
  readonly downloadSize?: number | undefined;
};

interface SizedImage {
  readonly manifestOnly: boolean;
  readonly layersContentSize: number | undefined;
  readonly downloadSize: number | undefined;
}

export function toImageColumn(
  { manifestOnly, layersContentSize, downloadSize }: SizedImage,
  layers: readonly LayerOfImage[],
): Column {
  const bytes = (manifestOnly ? downloadSize : layersContentSize) ?? 0;
  return { kind: "image", bytes, strata: toStrata(layers, manifestOnly), manifestOnly };
}

/** The layers of an image as strata: by content, or by download if only its manifest is known; without bytes if they are unknown. */
export function toStrata(layers: readonly LayerOfImage[], manifestOnly: boolean): Stratum[] {
  return layers.map((layer) => ({ ...layer, bytes: (manifestOnly ? layer.downloadSize : layer.contentSize) ?? 0 }));
}
