import type { Component } from "./component.ts";
import type { ChainId, DiffId, Digest } from "./digest.ts";
import type { LayerScan } from "./layer.ts";
import type { Problem } from "./problem.ts";

/** Edges in parallel columns: edge i goes `from[i]` → `to[i]` (node indexes). */
export interface SnapshotEdges {
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly evidence: Uint8Array;
  /** Row in `details`, -1 for none. */
  readonly detail: Int32Array;
  readonly details: readonly string[];
}

/** The dependency graph of one artifact, before it is measured. Node i is `components[i]` with `selfSize[i]` bytes. */
export interface GraphSnapshot {
  readonly components: readonly Component[];
  readonly selfSize: Float64Array;
  readonly edges: SnapshotEdges;
  /** Node indexes the user or the collector's roots name, or that nothing can refer to; ascending, distinct. May be empty. */
  readonly roots: Int32Array;
  /** Why each of `roots` is one: values of RootReason. */
  readonly rootReasons: Uint8Array;
  /** 1 where the collector would keep the node; all 1 for images and for stores with no known root. */
  readonly live: Uint8Array;
}

/** One layer in its place in one image. */
export interface ImageLayer {
  readonly diffId: DiffId;
  readonly chainId: ChainId;
  readonly tarSize: number;
  readonly contentSize: number;
  readonly entryCount: number;
  /** The blob as the manifest describes it. */
  readonly digest: Digest;
  /** Bytes as a registry stores them; `undefined` where the source keeps a plain tar, and nobody knows. */
  readonly downloadSize: number | undefined;
  readonly mediaType: string;
  readonly createdBy: string;
  /** What was read just now; `undefined` where the database knew the blob and it was not read again. */
  readonly scan: LayerScan | undefined;
}

/** Bytes that a layer ships and no container sees. */
export interface WastedBody {
  readonly path: string;
  readonly byteCount: number;
  /** The image's layer that holds the body, and the one that hides it (equal where a tar repeats a path). */
  readonly layer: number;
  readonly hiddenBy: number;
}

/** The largest first; of equal ones those of lower layers, in tar order. Made when they are asked for. */
export interface WastedBodies {
  readonly count: number;
  at(i: number): WastedBody;
}

/**
 * The directories of the squashed tree, parents first, each with the sums of everything under it (a hard-linked body counts at
 * the first of its names). Paths are made when they are asked for.
 */
export interface DirectorySums {
  readonly count: number;
  readonly byteCount: ArrayLike<number>;
  readonly fileCount: ArrayLike<number>;
  path(i: number): string;
}

interface ArtifactSnapshot {
  readonly name: string;
  readonly source: string;
  readonly digest: Digest;
  readonly graph: GraphSnapshot;
  readonly problems: readonly Problem[];
}

/** The regular-file bodies of the squashed tree, each once, and the further names (hard links) that lead to them. */
export interface VisibleBodies {
  readonly count: number;
  /** The image's layer that holds body i, and the row of its entry there. */
  readonly layer: Int32Array;
  readonly entry: Int32Array;
  readonly byteCount: Float64Array;
  /** Node index of the owner: that of the body's first owned name in path order. -1 for an empty file that nobody owns. */
  readonly owner: Int32Array;
  /** What `placeOf` makes of the owner's identity and the body's first owned name in path order; -1 where no package owns it. */
  readonly place: Float64Array;
  /** Names whose own entry carries no body: the layer and row of the name, and the body (a position here) it leads to. */
  readonly links: { readonly layer: Int32Array; readonly entry: Int32Array; readonly body: Int32Array };
}

export interface ImageSnapshot extends ArtifactSnapshot {
  readonly kind: "image";
  readonly configDigest: Digest;
  /** `os/arch[/variant]`, "" where the config does not say. */
  readonly platform: string;
  readonly createdAt: string;
  /** Entrypoint and Cmd, as the config spells them. */
  readonly command: readonly string[];
  readonly layers: readonly ImageLayer[];
  readonly layersContentSize: number;
  readonly rootfsSize: number;
  readonly wastedSize: number;
  /** `undefined` where that of a layer is not known. */
  readonly downloadSize: number | undefined;
  readonly wasted: WastedBodies;
  readonly directories: DirectorySums;
  /** For each layer, for each of its entries: the owner's node index where a container sees the entry, -2 where visible and nobody's (a directory), -1 where hidden. */
  readonly owners: readonly Int32Array[];
  readonly bodies: VisibleBodies;
}

export interface ClosureSnapshot extends ArtifactSnapshot {
  readonly kind: "closure";
  /** `/nix/store` or `/gnu/store`. */
  readonly storeDir: string;
  readonly closureSize: number;
  /** True where gc roots were known; else the store is measured as a whole. */
  readonly rootsKnown: boolean;
}

export type Snapshot = ImageSnapshot | ClosureSnapshot;
