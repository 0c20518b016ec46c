import type { MovedName } from "./lineage.ts";

/** A layer of an image of a rebase as it is stored here. Sizes in bytes, `undefined` if they are not known. */
export interface PlanLayer {
  readonly diffId: string;
  readonly chainId: string;
  readonly contentSize: number | undefined;
  readonly downloadSize: number | undefined;
  readonly wastedSize: number;
  readonly createdBy: string;
}

export interface PlanImage {
  /** Short id. */
  readonly id: string;
  readonly digest: string;
  readonly name: string;
  readonly platform: string;
  /** A name of it that refers to a newer image now. */
  readonly moved: MovedName | null;
  /** The latest source that it was scanned from, as it was spelled. */
  readonly source: string;
  /** The lowest first. */
  readonly layers: readonly PlanLayer[];
}

/** What a host or registry has before it gets the new image. `store`: a registry with both images. */
export const PULL_HOSTS = ["image", "both", "nothing", "store"] as const;
export type PullHost = (typeof PULL_HOSTS)[number];

/** Bytes to download; `null` if they are not known. */
export interface PullRow {
  readonly host: PullHost;
  readonly rebased: number | null;
  /** `null` without a rebuilt image as well. */
  readonly rebuilt: number | null;
}

/** Bytes of files that two layers have in common. */
export interface SameFiles {
  readonly from: number;
  readonly to: number;
  readonly bytes: number;
}

/** What is known of a rebase before any layer is read: by what is stored of the images. */
export interface RebasePlan {
  readonly image: PlanImage;
  readonly from: PlanImage;
  readonly to: PlanImage;
  /** The image as it was built anew on the new base, if one is known or was named. */
  readonly rebuilt: PlanImage | null;
  /** Images on the new base that may be it. */
  readonly candidates: readonly Pick<PlanImage, "id" | "name" | "moved">[];
  /** Files that a layer of the image has in common with one of the new base; and one of its own with one of the rebuilt image. */
  readonly likeBase: readonly SameFiles[];
  readonly likeRebuilt: readonly SameFiles[];
}
