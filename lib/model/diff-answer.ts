import type { ArtifactLabel } from "./artifact-label.ts";
import type { ComponentKind } from "./component.ts";
import type { EntryKindName } from "./layer.ts";

/** A component on one side of a difference. */
export interface ComponentVersion {
  /** Node id. */
  readonly id: string;
  readonly kind: ComponentKind;
  readonly version: string;
  /** Self size. */
  readonly bytes: number;
}

export type ChangeKind = "same" | "changed" | "added" | "removed";

/** One component of either side, or of both. The deltas of all rows sum to that of the totals, exactly. */
export interface ComponentChange {
  readonly change: ChangeKind;
  /** What pairs the sides: the identity, the ecosystem and name, the name alone (an image against a closure); `null`: nothing. */
  readonly matchedBy: "identity" | "name" | "name-alone" | null;
  readonly kind: ComponentKind;
  readonly name: string;
  readonly left: ComponentVersion | null;
  readonly right: ComponentVersion | null;
  /** Bytes on the right less those on the left. */
  readonly delta: number;
}

/** A file on one side of a difference. */
export interface FileVersion {
  readonly kind: EntryKindName;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly bytes: number;
  /** Links: the target. */
  readonly target: string;
}

/** `content`: the bytes differ. `metadata`: the bytes are the same; mode, owner, type or target differ. */
export type FileChangeKind = "added" | "removed" | "content" | "metadata";

export interface FileChange {
  readonly change: FileChangeKind;
  readonly path: string;
  readonly left: FileVersion | null;
  readonly right: FileVersion | null;
}

/** Number of files by kind of change. */
export type FileCounts = Readonly<Record<FileChangeKind, number>>;

/** `same`: in the common chain prefix, stored once on a disk. `moved`: the same DiffID on other layers. */
export type LayerChangeKind = "same" | "moved" | "removed" | "added";

/** One layer of either side, or of both. */
export interface LayerChange {
  readonly change: LayerChangeKind;
  readonly diffId: string;
  readonly contentSize: number;
  /** Position on each side, 0 the lowest; `null` if the side has no such layer. */
  readonly left: number | null;
  readonly right: number | null;
}

/**
 * Files visible in two artifacts in layers that differ: bytes of distinct contents, from a layer of one to a layer of the other
 * (positions, 0 the lowest), the largest first.
 */
export interface LayerLikeness {
  /** Positions in `artifacts`. */
  readonly left: number;
  readonly right: number;
  readonly bands: readonly { readonly from: number; readonly to: number; readonly bytes: number }[];
}

/** The sides with a reference, or a component. */
export type EdgeSide = "left" | "right" | "both";

/** A component of either side in the tree of dependency paths to changes. */
export interface ChangeNode {
  /** Position in the answer's components. */
  readonly row: number;
  /** Its referrer on a shortest path from a root, as a position in the answer's components; `null` at the top. */
  readonly parent: number | null;
  /** The sides with that reference; at the top, the sides with the component. */
  readonly side: EdgeSide;
}

export interface ChangeTree {
  /** Parents come before their children. */
  readonly nodes: readonly ChangeNode[];
  /** Number of changes left out because there are too many. */
  readonly cut: number;
}

/** If an artifact is an SBOM, `bytes`, `delta` and `totals` are numbers of components (`commonUnit`), and nothing else is compared. */
export interface DiffAnswer {
  readonly question: "diff";
  readonly artifacts: readonly [ArtifactLabel, ArtifactLabel];
  readonly totals: { readonly left: number; readonly right: number; readonly delta: number };
  readonly components: readonly ComponentChange[];
  /** Empty if either side is a closure. */
  readonly layers: readonly LayerChange[];
  /** `null` if the files of a side are not known (a closure scanned without them, an SBOM). */
  readonly files: {
    /** What pairs the files: their paths or, for an image and a closure, their contents. */
    readonly by: "path" | "content";
    readonly counts: FileCounts;
    /** The largest changes first, cut at a limit. */
    readonly changes: readonly FileChange[];
  } | null;
  /** Content that the layers share below the level of layers. */
  readonly likeness: readonly LayerLikeness[];
  /** Dependency paths to the largest changes. */
  readonly tree: ChangeTree;
}
