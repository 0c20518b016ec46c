/** What is known from the version before, from whole layers to chunks. `item`: a component as a store item, named by its inputs. */
export const HIT_RUNGS = ["chain", "layer", "package", "item", "file", "chunk"] as const;
export type HitRung = (typeof HIT_RUNGS)[number];

/** Of the bytes that a version needs, those that the version before has. `null` if they are not known, or if the rung does not apply. */
export interface HitRatio {
  readonly hitBytes: number | null;
  readonly totalBytes: number | null;
  /** 0 to 1; `null` without bytes as well. */
  readonly ratio: number | null;
}

export interface RungHits {
  readonly rung: HitRung;
  /** Content that need not be made again. */
  readonly building: HitRatio;
  /** Download that a host with the version before does not need. */
  readonly pulling: HitRatio;
  readonly estimated: boolean;
  readonly pullEstimated: boolean;
}

/**
 * Why a step of a build is not taken from the cache: it is another command, it is the same and gave another layer, the version before
 * has no such step, or a step before it is not in the cache.
 */
export type MissReason = "command" | "content" | "added" | "follows";

/** A step of an image's history, beside the same step of the version before. Sizes in bytes. */
export interface CacheStep {
  readonly createdBy: string;
  /** Position of its layer; `null` if it made none. */
  readonly layer: number | null;
  /** `null` if the cache has it. */
  readonly miss: MissReason | null;
  readonly contentSize: number;
  readonly downloadSize: number | null;
  /** Content of its layer whose files, with the same contents, are in some layer of the version before. */
  readonly sameBytes: number;
  /** Whether the version before has a layer with the same DiffID. */
  readonly sameLayer: boolean;
}

/** Steps that are built again, all together. */
export interface Rebuilt {
  readonly steps: number;
  readonly contentSize: number;
  readonly sameBytes: number;
  readonly downloadSize: number | null;
}

export interface CacheVersion {
  readonly id: string;
  readonly name: string;
}

/** Two successive versions. */
export interface CachePair {
  readonly before: CacheVersion;
  readonly after: CacheVersion;
  /** The oldest first; [] for a closure. */
  readonly steps: readonly CacheStep[];
  /** Position in `steps`; `null` if the cache has them all. */
  readonly firstMiss: number | null;
  readonly rebuilt: Rebuilt;
  readonly hits: readonly RungHits[];
}

export interface CacheAnswer {
  readonly versions: readonly CacheVersion[];
  readonly pairs: readonly CachePair[];
  /** Over all pairs. */
  readonly hits: readonly RungHits[];
}
