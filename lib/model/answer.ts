/**
 * Answers to questions about several artifacts: plain data, as the command line prints it, pages draw it and reports keep
 * it. Artifacts are named by their position in `artifacts`. Sizes are bytes; what a figure is: docs, "What the numbers mean".
 */

export interface ArtifactLabel {
  /** Short id, as the command line prints it; a root's store path where only its closure is meant. */
  readonly id: string;
  readonly name: string;
  readonly kind: "image" | "closure";
  readonly digest: string;
  /** The store path of a root, where only its closure in the artifact is meant. */
  readonly root?: string;
  /** `layersContentSize` of an image, `closureSize` of a closure. */
  readonly byteCount: number;
  /** Lowest first; empty for a closure. */
  readonly layers: readonly LayerLabel[];
}

export interface LayerLabel {
  readonly diffId: string;
  readonly chainId: string;
  readonly contentSize: number;
  /** Of those, bytes no container sees. */
  readonly wastedSize: number;
  readonly createdBy: string;
}

/** From nothing shared to the finest grain. */
export const RUNGS = ["unshared", "chain", "layer", "live", "package", "file", "chunk"] as const;
export type Rung = (typeof RUNGS)[number];

export interface ComponentVersion {
  /** Node id. */
  readonly id: string;
  readonly version: string;
  readonly bytes: number;
}

export type ChangeKind = "same" | "changed" | "added" | "removed";

/** One component on both sides; the rows' differences sum to that of the totals, exactly. */
export interface ComponentChange {
  readonly change: ChangeKind;
  readonly kind: string;
  readonly name: string;
  readonly left: ComponentVersion | null;
  readonly right: ComponentVersion | null;
}

export interface FileChange {
  readonly change: "added" | "removed" | "content" | "metadata";
  readonly path: string;
  readonly leftBytes: number;
  readonly rightBytes: number;
}

/** How a layer of one side stands to the other: under the same layers, elsewhere, or not there. */
export interface LayerMatch {
  readonly diffId: string;
  /** Position on each side, `null` where it is not there. */
  readonly left: number | null;
  readonly right: number | null;
  readonly match: "chain" | "moved" | "only";
  readonly contentSize: number;
}

/**
 * Files that two artifacts both show though the layers that hold them differ: bytes of distinct contents, from a layer of
 * one to a layer of the other (positions, 0 the lowest), the largest first.
 */
export interface LayerLikeness {
  /** Positions in `artifacts`. */
  readonly left: number;
  readonly right: number;
  readonly bands: readonly { readonly from: number; readonly to: number; readonly bytes: number }[];
}

/** Which of two artifacts has a reference, or a component. */
export type EdgeSide = "left" | "right" | "both";

/** A component of either side in the tree of how changes came in. */
export interface ChangeNode {
  /** Position in the answer's components. */
  readonly row: number;
  /** The one that refers to it on a shortest path from a root, as a position in the answer's components; `null` at the top. */
  readonly parent: number | null;
  /** Who has that reference; at the top, who has the component. */
  readonly side: EdgeSide;
}

export interface ChangeTree {
  /** A parent stands before its children. */
  readonly nodes: readonly ChangeNode[];
  /** Changes that are not in it, for there are too many. */
  readonly cut: number;
}

export interface DiffAnswer {
  readonly question: "diff";
  readonly artifacts: readonly [ArtifactLabel, ArtifactLabel];
  readonly totals: { readonly left: number; readonly right: number; readonly delta: number };
  readonly components: readonly ComponentChange[];
  readonly layers: readonly LayerMatch[];
  /** `null` where a side has no files (a closure scanned without them). The largest changes first, cut at a limit. */
  readonly files: {
    /** What says which files belong together: their paths, or, of an image and a closure, their contents. Reports made before there was a choice have none. */
    readonly by?: "path" | "content";
    readonly counts: {
      readonly added: number;
      readonly removed: number;
      readonly content: number;
      readonly metadata: number;
    };
    readonly changes: readonly FileChange[];
  } | null;
  /** What the layers have in common below their level; left out where it was not asked for. */
  readonly likeness?: readonly LayerLikeness[];
  /** How the largest changes came in; reports made before there was one have none. */
  readonly tree?: ChangeTree;
}

export interface OverlapCell {
  /** Positions of the artifacts that hold it, ascending. */
  readonly in: readonly number[];
  readonly bytes: number;
  readonly units: number;
}

/** A component (or a layer, where layers are the units) with its part of a cell. */
export interface CellPart {
  /** Node id, or the layer's DiffID. */
  readonly id: string;
  /** `layer`, or a component's kind. */
  readonly kind: string;
  readonly name: string;
  readonly version: string;
  readonly bytes: number;
  readonly units: number;
  /** Position of an artifact of the cell that holds it. */
  readonly artifact: number;
}

export interface CellFile {
  readonly path: string;
  readonly bytes: number;
}

/** What is in one cell of an overlap. */
export interface CellContents {
  /** Positions of the artifacts that hold it and no others do. */
  readonly in: readonly number[];
  readonly bytes: number;
  readonly units: number;
  /** The largest first, cut at the limit. */
  readonly parts: readonly CellPart[];
  readonly partCount: number;
  /** [] where the units are no files. */
  readonly files: readonly CellFile[];
  readonly fileCount: number;
}

/** A name at several versions or hashes over the set, and what aligning them to one would save. */
export interface Misaligned {
  readonly kind: string;
  readonly name: string;
  readonly versions: readonly { readonly version: string; readonly bytes: number; readonly in: readonly number[] }[];
  readonly saving: number;
}

export interface OverlapAnswer {
  readonly question: "overlap";
  readonly rung: Rung;
  /** The bytes are not measured for every artifact; reports made before it was told have none. */
  readonly estimated?: boolean;
  readonly artifacts: readonly ArtifactLabel[];
  /** Exclusive intersections, the largest first; they sum to the union. */
  readonly cells: readonly OverlapCell[];
  readonly matrix: readonly (readonly { readonly bytes: number; readonly jaccard: number }[])[];
  readonly union: { readonly bytes: number; readonly units: number };
  /** Those whose alignment saves most, cut at a limit. */
  readonly misaligned: readonly Misaligned[];
  /** All of them, listed or not; reports made before they were counted have none. */
  readonly misalignedTotal?: { readonly names: number; readonly saving: number };
  /** Of neighbours in `artifacts`; left out where it was not asked for. */
  readonly likeness?: readonly LayerLikeness[];
  /** What is in the cells that people open first; left out where it was not asked for. */
  readonly contents?: readonly CellContents[];
}

export interface RungFigure {
  readonly rung: Rung;
  readonly bytes: number;
  readonly units: number;
  readonly estimated: boolean;
}

/** A layer that stands on several bases, and so is stored once for each on disk. */
export interface PenalisedLayer {
  readonly diffId: string;
  readonly contentSize: number;
  readonly penalty: number;
  readonly places: readonly { readonly artifact: number; readonly position: number }[];
}

export interface SavingsAnswer {
  readonly question: "savings";
  readonly artifacts: readonly ArtifactLabel[];
  readonly rungs: readonly RungFigure[];
  readonly orderPenalty: number;
  readonly penalised: readonly PenalisedLayer[];
  /** `bytes`: `null` where what a registry stores is not known of a layer that counts. */
  readonly download: readonly { readonly rung: string; readonly bytes: number | null; readonly estimated: boolean }[];
  /** For each artifact the bytes it adds, rung by rung, for a host that has all the others. */
  readonly marginal: readonly {
    readonly artifact: number;
    readonly rungs: readonly { readonly rung: Rung; readonly bytes: number }[];
  }[];
}

/** A file body that an image ships and no container sees; layers by position. */
export interface WastedFile {
  readonly path: string;
  readonly bytes: number;
  readonly layer: number;
  readonly hiddenBy: number;
}

/** What is told of one image besides its layers' label. */
export interface ImageFigures {
  readonly sizes: {
    readonly rootfsSize: number;
    readonly layersContentSize: number;
    readonly wastedSize: number;
    /** Left out where it is not known. */
    readonly downloadSize?: number;
  };
  /** Lowest first, as in the artifact's label. `imageCount`: images here that had the layer, this one included. */
  readonly layers: readonly {
    readonly downloadSize?: number;
    readonly entryCount: number;
    readonly imageCount: number;
  }[];
  /** All of it counted; the largest files, cut at a limit. */
  readonly waste: { readonly count: number; readonly bytes: number; readonly files: readonly WastedFile[] };
}

export interface ClosureAnswer {
  readonly question: "closure";
  readonly artifacts: readonly [ArtifactLabel];
  readonly total: { readonly nodes: number; readonly edges: number; readonly bytes: number };
  /** The largest by retained size, cut at a limit. */
  readonly nodes: readonly {
    readonly id: string;
    readonly name: string;
    readonly version: string;
    readonly selfSize: number;
    readonly closureSize: number;
    readonly retainedSize: number;
    readonly live: boolean;
    /** A component's kind; reports made before it was kept have none. */
    readonly kind?: string;
    /** Position in `nodes` of the immediate dominator; `null` under the virtual root, or under one that was cut. */
    readonly dominator?: number | null;
  }[];
  /** Of an image; reports made before it was kept have none. */
  readonly image?: ImageFigures;
  /** Of a closure: false where no collector's root was known, and it is measured as a whole. */
  readonly rootsKnown?: boolean;
}

export type Answer = DiffAnswer | OverlapAnswer | SavingsAnswer | ClosureAnswer;
