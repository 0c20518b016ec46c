import type { Digest } from "./digest.ts";

/** `set`: few bytes for all images together; `update`: few bytes to pull for the next version of an image. */
export const RELAYER_GOALS = ["set", "update"] as const;
export type RelayerGoal = (typeof RELAYER_GOALS)[number];

/** Bytes of files in distinct layers, as on the rung `layer`. */
export interface LayerTotals {
  readonly bytes: number;
  readonly layers: number;
}

export interface RelayeredImage {
  readonly name: string;
  readonly digest: Digest;
  readonly layersBefore: number;
  /** Rows of `cut`, the lowest first. */
  readonly layers: readonly number[];
  /** Digest of the manifest that was written. */
  readonly written?: Digest;
}

export interface RelayeredLayer {
  readonly name: string;
  /** Bytes of its files. */
  readonly bytes: number;
  /** Number of images that have it. */
  readonly imageCount: number;
  /** The previous plan had it, byte for byte; absent without one. */
  readonly isKept?: boolean;
}

/** Layers as they are, and as they would be. */
export interface RelayerAnswer {
  readonly goal: RelayerGoal;
  readonly maxLayers: number;
  readonly before: LayerTotals;
  readonly after: LayerTotals;
  /** Bytes of distinct file contents: the rung `file`, which no layers can beat. */
  readonly fileBytes: number;
  readonly images: readonly RelayeredImage[];
  readonly cut: readonly RelayeredLayer[];
  /** With a previous plan: what a host that has its images pulls. */
  readonly pull?: LayerTotals;
  /** Where the images are. */
  readonly output?: string;
  /** Where the plan is. */
  readonly plan?: string;
}
