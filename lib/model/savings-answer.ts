import type { ArtifactLabel } from "./artifact-label.ts";
import type { Rung } from "./rung.ts";

/** The bytes a set needs with sharing at one grain. */
export interface RungFigure {
  readonly rung: Rung;
  /** `null` if a download size is not known: a sum with an unknown member is unknown. Only in an answer by downloads. */
  readonly bytes: number | null;
  /** Units counted; for `unshared`: layers at their positions, and items. */
  readonly units: number;
  readonly estimated: boolean;
  /**
   * 1 − bytes / those of `chain` (of `layer`): savings compared with layers on a disk, and in a registry. 0 if there are none;
   * `null` if either is not known.
   */
  readonly savingVersusChain: number | null;
  readonly savingVersusLayer: number | null;
  /** By artifact: bytes that it adds to a host that has all the others; `null` if they are not known. */
  readonly marginal: readonly (number | null)[];
}

/** A layer on several bases: a disk stores it once per base. */
export interface PenalisedLayer {
  readonly diffId: string;
  /** In an answer by content. */
  readonly contentSize?: number;
  /** In an answer by downloads. */
  readonly downloadSize?: number;
  /** Number of its ChainIDs in this set: copies that overlay2 and containerd store. */
  readonly copies: number;
  /** These bytes × (copies − 1). */
  readonly extraBytes: number;
  readonly places: readonly { readonly artifact: number; readonly position: number; readonly chainId: string }[];
}

/** The download bytes of a set with sharing at one grain. */
export interface DownloadFigure {
  readonly rung: Rung;
  /** `null` if the size of a unit is not known: a sum with an unknown member is unknown. */
  readonly bytes: number | null;
  readonly units: number;
  /** False if every byte belongs to a blob that a registry stores. */
  readonly estimated: boolean;
}

/**
 * If one of the artifacts is known by its manifest alone, all bytes are those of downloads, and the rungs are `unshared`, `chain`,
 * `layer` and `blob`.
 */
export interface SavingsAnswer {
  readonly question: "savings";
  readonly artifacts: readonly ArtifactLabel[];
  readonly rungs: readonly RungFigure[];
  /** `chain` minus `layer`; the extra bytes of the penalised layers sum to it. `null` if either is not known. */
  readonly orderPenalty: number | null;
  readonly penalisedLayers: readonly PenalisedLayer[];
  readonly download: readonly DownloadFigure[];
}
