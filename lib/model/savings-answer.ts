import type { ArtifactLabel } from "./artifact-label.ts";
import type { Rung } from "./rung.ts";

/** The bytes a set needs with sharing at one grain. */
export interface RungFigure {
  readonly rung: Rung;
  readonly bytes: number;
  /** Units counted; for `unshared`: layers at their positions, and items. */
  readonly units: number;
  readonly estimated: boolean;
  /**
   * 1 − bytes / those of `chain` (of `layer`): savings compared with layers on a disk, and in a registry. 0 if there are none.
   */
  readonly savingVersusChain: number;
  readonly savingVersusLayer: number;
  /** By artifact: bytes that it adds to a host that has all the others. */
  readonly marginal: readonly number[];
}

/** A layer on several bases: a disk stores it once per base. */
export interface PenalisedLayer {
  readonly diffId: string;
  readonly contentSize: number;
  /** Number of its ChainIDs in this set: copies that overlay2 and containerd store. */
  readonly copies: number;
  /** `contentSize` × (copies − 1). */
  readonly extraBytes: number;
  readonly places: readonly { readonly artifact: number; readonly position: number; readonly chainId: string }[];
}

/** The download bytes of a set with sharing at one grain. */
export interface DownloadFigure {
  readonly rung: Rung | "blob";
  /** `null` if the size of a unit is not known: a sum with an unknown member is unknown. */
  readonly bytes: number | null;
  readonly units: number;
  /** False if every byte belongs to a blob that a registry stores. */
  readonly estimated: boolean;
}

export interface SavingsAnswer {
  readonly question: "savings";
  readonly artifacts: readonly ArtifactLabel[];
  readonly rungs: readonly RungFigure[];
  /** `chain` minus `layer`; the extra bytes of the penalised layers sum to it. */
  readonly orderPenalty: number;
  readonly penalisedLayers: readonly PenalisedLayer[];
  readonly download: readonly DownloadFigure[];
}
