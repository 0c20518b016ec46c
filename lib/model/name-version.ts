import type { ArtifactKind } from "./artifact-label.ts";

/** A time during which a name referred to an artifact. Times are milliseconds since the epoch. */
export interface NamePeriod {
  readonly name: string;
  /** The source of the last scan under this name. */
  readonly source: string;
  /** When the name began to refer to the artifact; `null` if that was before it was stored: then at the latest at `seenAt`. */
  readonly since: number | null;
  /** The last scan under this name. */
  readonly seenAt: number;
  /** When the name moved to another artifact; `null` while it refers to this one. */
  readonly until: number | null;
}

/** A period of an artifact that is asked about. */
export interface ArtifactNamePeriod extends NamePeriod {
  /** `sha256:…` of the artifact that the name refers to now; `null` if that was removed. */
  readonly refersTo: string | null;
}

/** The size that versions are compared by; `nodeCount` for SBOMs, which state no sizes. */
export const VERSION_MEASURES = [
  "layersContentSize",
  "rootfsSize",
  "downloadSize",
  "closureSize",
  "nodeCount",
] as const;
export type VersionMeasure = (typeof VERSION_MEASURES)[number];

/** How versions are ordered: by when the name referred to them, or by when images say that they were made. */
export const VERSION_ORDERS = ["scanned", "created"] as const;
export type VersionOrder = (typeof VERSION_ORDERS)[number];

/** Components of a version beside those of the one before. */
export interface VersionChanges {
  readonly added: number;
  readonly removed: number;
  /** Of the same name, but another version or content. */
  readonly changed: number;
}

/** One version of a name or a repository. */
export interface NameVersion {
  readonly id: string;
  /** `sha256:` and 64 hex digits. */
  readonly digest: string;
  /** The names that led here, current ones first. */
  readonly names: readonly string[];
  /** Whether one of these names refers to it now. */
  readonly isCurrent: boolean;
  /** The first of `NamePeriod.since`, the last of the others. */
  readonly since: number | null;
  readonly seenAt: number;
  readonly until: number | null;
  /** When the image says that it was made; `null` if it does not say, or says something impossible. */
  readonly created: number | null;
  /** By the answer's measure; `null` if it is not known. */
  readonly size: number | null;
  /** The difference from the version before; `null` if there is none, or one of the two sizes is not known. */
  readonly delta: number | null;
  /** `sha256:…` of the version before; `null` for the first. */
  readonly previous: string | null;
  /** `null` for the first version, for images known by their manifest alone, and where an answer has compared its maximum. */
  readonly changes: VersionChanges | null;
}

/** Artifacts of a repository that can be compared: of one kind, for one platform. */
export interface VersionSeries {
  /** `image linux/amd64`, `closure`. */
  readonly key: string;
  readonly kind: ArtifactKind;
  readonly platform: string;
  readonly count: number;
}

export interface VersionsAnswer {
  readonly name: string;
  /** All tags of the repository, or this one name. */
  readonly scope: "repository" | "name";
  readonly repository: string;
  readonly order: VersionOrder;
  /** Whether each version says when it was made, so that they can be ordered by that. */
  readonly canOrderByCreated: boolean;
  readonly measure: VersionMeasure;
  /** The measures that versions of this kind have. */
  readonly measures: readonly VersionMeasure[];
  /** The most recently scanned first. */
  readonly series: readonly VersionSeries[];
  readonly chosen: VersionSeries;
  /** The newest first, at most as many as asked for. */
  readonly versions: readonly NameVersion[];
  /** Number of all versions of the chosen series. */
  readonly count: number;
}
