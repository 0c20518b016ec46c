import type { Digest } from "./digest.ts";

/** `set`: few bytes for all images together; `update`: few bytes to pull for the next version of an image. */
export const RELAYER_GOALS = ["set", "update"] as const;
export type RelayerGoal = (typeof RELAYER_GOALS)[number];

/** Layers that overlay file systems of engines can stack. */
export const MAX_LAYERS_OF_IMAGE = 127;

/** Bytes of files in distinct layers, as on the rung `layer`. */
export interface LayerTotals {
  readonly bytes: number;
  readonly layers: number;
}

export interface RelayeredImage {
  readonly name: string;
  readonly digest: Digest;
  readonly layersBefore: number;
  /** Bytes of the files in its layers, before and after; a layer that it has twice counts once. */
  readonly bytesBefore: number;
  readonly bytes: number;
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
  /** The groups whose files it has: components, or folders of what belongs to none. */
  readonly groups: HeldGroups;
}

export interface HeldGroups {
  readonly count: number;
  /** Names of those with most bytes in the layer: `deb:libc6`, `unowned:etc`. */
  readonly largest: readonly string[];
}

/** What a host that has one version of an image pulls for the next: bytes of files. */
export interface RelayerUpdate {
  /** Names of the two versions. */
  readonly from: string;
  readonly to: string;
  /** Layers as they were built. */
  readonly built: number;
  /** Relayered, each version by a plan of its own. */
  readonly fresh: number;
  /** Relayered, each version by the plan of the one before. */
  readonly kept: number;
  /** Of the latter, all layers of the newer version. */
  readonly total: number;
  /** Files that the older version does not have, with these attributes: what no layers can beat. */
  readonly files: number;
}

/** Layers as they are, and as they would be. */
export interface RelayerAnswer {
  readonly goal: RelayerGoal;
  readonly maxLayers: number;
  readonly before: LayerTotals;
  readonly after: LayerTotals;
  /** Bytes of distinct files with all their names and attributes: what no layers can beat that hide nothing and keep the trees. */
  readonly floorBytes: number;
  /** Bytes of distinct file contents: the rung `file`. */
  readonly fileBytes: number;
  readonly images: readonly RelayeredImage[];
  readonly cut: readonly RelayeredLayer[];
  /** With a previous plan: what a host that has its images pulls. */
  readonly pull?: LayerTotals;
  /** With the goal `update` and several images: they are successive versions, the oldest first. */
  readonly updates?: readonly RelayerUpdate[];
  /** Where the images are. */
  readonly output?: string;
  /** Where the plan is. */
  readonly plan?: string;
}
