import type { Digest } from "./digest.ts";

/** The checks of a rebase, in the order in which they are reported. The docs define each. */
export const REBASE_CHECKS = [
  "base",
  "types",
  "written",
  "programs",
  "packages",
  "users",
  "generated",
  "configuration",
  "rights",
] as const;
export type RebaseCheckName = (typeof REBASE_CHECKS)[number];

/**
 * What one check can find, by name. The first word of each is the thing at fault, so that a list sorted by kind reads well.
 */
export const FINDING_KINDS = {
  base: ["base-differs", "base-by-claim", "platform-missing", "layer-unread"],
  types: ["type-flip"],
  written: ["content-hidden", "attributes-hidden", "removal-of-changed", "directory-replaced", "linked-content"],
  programs: [
    "link-dangles",
    "interpreter-missing",
    "library-missing",
    "symbol-version-missing",
    "library-too-old",
    "runtime-missing",
  ],
  packages: ["database-masked", "database-unmergeable", "package-on-both-sides", "dependency-unmet"],
  users: ["accounts-masked", "id-collision", "account-missing", "user-unresolved"],
  generated: ["copy-outdated"],
  configuration: ["setting-kept", "setting-taken", "setting-conflict", "path-missing"],
  rights: ["rights-hidden", "signature-void", "too-many-layers"],
} as const satisfies Record<RebaseCheckName, readonly string[]>;
export type FindingKind = (typeof FINDING_KINDS)[RebaseCheckName][number];

/**
 * What a finding means for the rebase: `blocks`: bytes cannot settle it, so the image has to be built again; `merges`: the merge layer
 * settles it; `note`: good to know.
 */
export type FindingWeight = "blocks" | "merges" | "note";

export interface Finding {
  readonly kind: FindingKind;
  readonly weight: FindingWeight;
  /** As text, without a leading slash; "" for a finding about the whole image. */
  readonly path: string;
  /** Position among the layers of the image as it is now, 0 the lowest; `undefined` if it is about none. */
  readonly layer: number | undefined;
  /** The two facts that contradict each other, as short as a table's cell. */
  readonly evidence: string;
  /** One sentence that says what would happen. */
  readonly message: string;
}

/** `safe`: the layers move as they are; `needs merge`: with one layer more; `rebuild`: at least one finding blocks. */
export type RebaseVerdict = "safe" | "needs merge" | "rebuild";

/** The verdict on what was found. */
export function verdictOf(findings: readonly Pick<Finding, "weight">[]): RebaseVerdict {
  if (findings.some(({ weight }) => weight === "blocks")) return "rebuild";
  return findings.some(({ weight }) => weight === "merges") ? "needs merge" : "safe";
}

/** A check with how much it looked at, in words: "568 entries of layer 1". */
export interface CheckedPart {
  readonly check: RebaseCheckName;
  readonly scope: string;
  /** What blocks first. */
  readonly findings: readonly Finding[];
  /** Findings that are not listed; default: none. */
  readonly unlisted?: number;
  /** Faults that the image has on its old base too: a rebase does not change them. */
  readonly before: readonly Finding[];
}

/** A layer of the image that would be written, the lowest first. */
export interface RebasedLayer {
  readonly origin: "new base" | "image" | "merge";
  readonly diffId: Digest;
  /** Bytes of the blob as stored; of a merge layer that is not written yet, of its tar. */
  readonly storedSize: number;
  readonly createdBy: string;
}

/** Names, digests and bytes are those of one platform. */
export interface RebaseAnswer {
  readonly image: RebasedSide;
  readonly from: RebasedSide;
  readonly to: RebasedSide;
  readonly platform: string;
  readonly verdict: RebaseVerdict;
  readonly parts: readonly CheckedPart[];
  readonly layers: readonly RebasedLayer[];
  /** Files of the merge layer; a whiteout counts as one. */
  readonly merged: readonly { readonly path: string; readonly byteCount: number }[];
  /** Bytes that a host with the image as it is now, and nothing else, pulls. */
  readonly pullBytes: number;
  /** With `--against`. */
  readonly against?: RebuildComparison;
}

/** A rebase of one image on all its platforms. */
export interface RebaseReport {
  /** The worst of all platforms. */
  readonly verdict: RebaseVerdict;
  readonly platforms: readonly RebaseAnswer[];
  /** Where it was written; absent if it was not. */
  readonly output?: string;
}

export interface RebasedSide {
  readonly name: string;
  readonly digest: Digest;
}

/** One fact that differs between a rebased image and one that was built on the new base. "": the image does not have it. */
export interface RebuildDifference {
  /** A path, a package, or a setting. */
  readonly subject: string;
  readonly field: "presence" | "type" | "content" | "mode" | "owner" | "link" | "xattrs" | "version" | "value";
  readonly rebased: string;
  readonly rebuilt: string;
}

/** Times of files are not compared: those of a build are never the same twice. */
export interface ComparedWithRebuild {
  readonly part: "files" | "packages" | "settings";
  /** Subjects without a difference. */
  readonly equalCount: number;
  /** In the order of their subjects. */
  readonly differences: readonly RebuildDifference[];
}

/** A rebased image beside a true rebuild. */
export interface RebuildComparison {
  readonly rebuilt: RebasedSide;
  readonly parts: readonly ComparedWithRebuild[];
}
