import type { ArtifactLabel } from "./artifact-label.ts";
import type { Rung } from "./rung.ts";

/** What a set needs when sharing happens at one grain. */
export interface RungFigure {
  readonly rung: Rung;
  readonly bytes: number;
  /** Units counted: layers in their places and items for `unshared`. */
  readonly units: number;
  readonly estimated: boolean;
  /** 1 − bytes / those of `chain` (of `layer`): saved over layers on a disk, and in a registry. 0 where there are none. */
  readonly savingVersusChain: number;
  readonly savingVersusLayer: number;
  /** By artifact: bytes that it adds for a host that has all the others. */
  readonly marginal: readonly number[];
}

/** A layer on several bases: a disk stores it once for each. */
export interface PenalisedLayer {
  readonly diffId: string;
  readonly contentSize: number;
  /** ChainIDs it has in this set: copies that overlay2 and containerd store. */
  readonly copies: number;
  /** `contentSize` × (copies − 1). */
  readonly extraBytes: number;
  readonly places: readonly { readonly artifact: number; readonly position: number; readonly chainId: string }[];
}

/** What a set costs on the wire when sharing happens at one grain. */
export interface DownloadFigure {
  readonly rung: Rung | "blob";
  /** `null` where a unit has a size that is not known: a sum with an unknown member is unknown. */
  readonly bytes: number | null;
  readonly units: number;
  /** False where every byte is of a blob that a registry stores. */
  readonly estimated: boolean;
}

export interface SavingsAnswer {
  readonly question: "savings";
  readonly artifacts: readonly ArtifactLabel[];
  readonly rungs: readonly RungFigure[];
  /** `chain` less `layer`; the extra bytes of the penalised layers sum to it. */
  readonly orderPenalty: number;
  readonly penalisedLayers: readonly PenalisedLayer[];
  readonly download: readonly DownloadFigure[];
}
