import type { VersionChanges } from "./name-version.ts";

/** What says that an image stands on another, the strongest first. */
export const BASE_EVIDENCE = ["provenance", "chain", "digest", "name"] as const;
export type BaseEvidence = (typeof BASE_EVIDENCE)[number];

/** A layer of an image that its base does not have. Sizes in bytes, `null` if they are not known. */
export interface UpperLayer {
  readonly diffId: string;
  readonly chainId: string;
  readonly contentSize: number | null;
  readonly downloadSize: number | null;
}

/** An image, and the one that it stands on. */
export interface LineageImage {
  readonly id: string;
  /** `sha256:` and 64 hex digits. */
  readonly digest: string;
  readonly name: string;
  readonly platform: string;
  /** Id of its base; `null` if no stored image is. */
  readonly base: string | null;
  /** `null` without a base. */
  readonly evidence: BaseEvidence | null;
  readonly layerCount: number;
  /** Lowest layers that it has in common with its base. */
  readonly sharedLayers: number;
  /** Content of these; `null` if one was never read. */
  readonly sharedBytes: number | null;
  /** The layers above these, the lowest first. */
  readonly upper: readonly UpperLayer[];
  /** Content and download of these: what a rebuild stores, and what a host with its base pulls. */
  readonly storeBytes: number | null;
  readonly pullBytes: number | null;
  /** Whether its base, or one further below, has a newer snapshot. */
  readonly stale: boolean;
  /** Images that stand on it, directly, and in all. */
  readonly directCount: number;
  readonly imageCount: number;
  /** A name of it that refers to a newer image now. */
  readonly moved: MovedName | null;
}

/** A name that has moved from an older to a newer snapshot. */
export interface MovedName {
  readonly name: string;
  /** Id of the image that it refers to now. */
  readonly newer: string;
  /** Milliseconds since the epoch; `null` if that was before it was stored. */
  readonly since: number | null;
}

/** Bytes that leave with images; `null` if a size is not known. */
export interface Freed {
  /** Layers, one copy for each chain of lower layers. */
  readonly disk: number | null;
  /** Blobs. */
  readonly registry: number | null;
}

export interface LineageAnswer {
  /** By name; the ancestors of an image that was asked for first, then what stands on it. */
  readonly images: readonly LineageImage[];
}

/** One image, what it stands on, and what stands on it. */
export interface FamilyAnswer extends LineageAnswer {
  readonly image: LineageImage;
  /** If it moved: all that must be built again. */
  readonly plan: readonly PlannedImage[];
  /** What deleting it alone frees, and what deleting it with everything on it frees. */
  readonly freed: Freed;
  readonly freedWithAll: Freed;
}

/** An image that is built again. */
export interface PlannedImage {
  readonly id: string;
  readonly name: string;
  /** 1 if its new base is there already; each other one after the wave that builds its base. */
  readonly wave: number;
  readonly base: string;
  /** Content and download of the layers above its base as they are today: an estimate, since a rebuild may change them. */
  readonly storeBytes: number | null;
  readonly pullBytes: number | null;
}

/** An image on an older snapshot. */
export interface StaleImage extends PlannedImage {
  /** The base to build it on: the newer snapshot; `null` if its base is itself built again first. */
  readonly newer: string | null;
}

/** A base whose name refers to a newer snapshot. */
export interface MovedBase extends MovedName {
  readonly id: string;
  readonly baseName: string;
  readonly newerName: string;
  /** Components of the newer snapshot beside the older; `null` if one of them is known by its manifest alone. */
  readonly changes: VersionChanges | null;
  /** Bytes in layers of the newer minus those of the older. */
  readonly delta: number | null;
  /** The newer one's own bytes, which every host pulls once. */
  readonly pullBytes: number | null;
  /** Stale images that stand directly on it. */
  readonly staleCount: number;
  /** What deleting it with everything that stands on it frees. */
  readonly freed: Freed;
}

export interface StaleAnswer {
  /** By wave. */
  readonly images: readonly StaleImage[];
  /** The last moved first. */
  readonly bases: readonly MovedBase[];
  readonly total: { readonly storeBytes: number | null; readonly pullBytes: number | null };
  /** What deleting all these bases with everything on them frees, once the images are built on the newer ones. */
  readonly freed: Freed;
}

/** What follows if a base moves. */
export interface MovingBase {
  readonly image: LineageImage;
  /** Its own download, which every host pulls once. */
  readonly downloadSize: number | null;
  readonly plan: readonly PlannedImage[];
  readonly total: { readonly storeBytes: number | null; readonly pullBytes: number | null };
}

/** Everything about lineage at once. */
export interface LineageOverview extends LineageAnswer {
  readonly stale: StaleAnswer;
  /** `null` if no image is a base. */
  readonly moving: MovingBase | null;
}
