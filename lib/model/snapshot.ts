import type { BaseClaim } from "./attached.ts";
import type { CacheFacts } from "./cache-facts.ts";
import type { Component } from "./component.ts";
import type { ChainId, DiffId, Digest } from "./digest.ts";
import type { FileLoads } from "./file-loads.ts";
import type { ImageSettings } from "./image-settings.ts";
import type { LayerScan } from "./layer.ts";
import type { Problem } from "./problem.ts";
import type { SbomFormat } from "./sbom.ts";

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
  /** Nodes named as roots by the user or the GC roots, or that nothing can refer to; ascending, distinct. May be empty. */
  readonly roots: Int32Array;
  /** The reason for each of `roots`: values of RootReason. */
  readonly rootReasons: Uint8Array;
  /** 1 if the collector would keep the node; all 1 for images and for stores without a known root. */
  readonly live: Uint8Array;
}

/** A layer at its position in one image, as manifest and config describe it. */
export interface DescribedLayer {
  readonly diffId: DiffId;
  readonly chainId: ChainId;
  readonly digest: Digest;
  /** Compressed bytes in a registry; `undefined` if the source has a plain tar, so that they are not known. */
  readonly downloadSize: number | undefined;
  readonly mediaType: string;
  readonly createdBy: string;
}

/** The same layer, read. */
export interface ImageLayer extends DescribedLayer {
  readonly tarSize: number;
  readonly contentSize: number;
  readonly entryCount: number;
  /** The scan just made; `undefined` if the database knew the blob and it was not read again. */
  readonly scan: LayerScan | undefined;
}

/** Bytes that a layer ships but containers do not see. */
export interface WastedBody {
  readonly path: string;
  readonly byteCount: number;
  /** The image's layer with the body, and the layer that hides it (the same if a tar repeats a path). */
  readonly layer: number;
  readonly hiddenBy: number;
}

/** The largest first; of equal ones those of lower layers, in tar order. Created on demand. */
export interface WastedBodies {
  readonly count: number;
  at(i: number): WastedBody;
}

/**
 * The directories of the squashed tree, parents first, each with the sums of everything under it (a hard-linked body counts at
 * the first of its names). Paths are created on demand.
 */
export interface DirectorySums {
  readonly count: number;
  readonly byteCount: ArrayLike<number>;
  readonly fileCount: ArrayLike<number>;
  path(i: number): string;
}

/** An artifact as a source names it. */
export interface NamedArtifact {
  readonly name: string;
  readonly source: string;
  readonly digest: Digest;
}

interface ArtifactSnapshot extends NamedArtifact {
  readonly graph: GraphSnapshot;
  readonly problems: readonly Problem[];
}

/** The regular-file bodies of the squashed tree, each once, and their further names (hard links). */
export interface VisibleBodies {
  readonly count: number;
  /** The image's layer with body i, and the row of its entry there. */
  readonly layer: Int32Array;
  readonly entry: Int32Array;
  readonly byteCount: Float64Array;
  /** Node index of the owner: that of the body's first owned name in path order. -1 for an unowned empty file. */
  readonly owner: Int32Array;
  /** `placeOf` the owner's identity and the body's first owned name in path order; -1 if no package owns it. */
  readonly place: Float64Array;
  /** Names whose own entry has no body: the layer and row of the name, and its body (a position here). */
  readonly links: { readonly layer: Int32Array; readonly entry: Int32Array; readonly body: Int32Array };
}

/** An image as its manifest and config describe it. */
export interface DescribedImage extends NamedArtifact {
  readonly configDigest: Digest;
  /** `os/arch[/variant]`, "" if the config does not give it. */
  readonly platform: string;
  readonly createdAt: string;
  /** Entrypoint and Cmd, as in the config. */
  readonly command: readonly string[];
  readonly settings: ImageSettings;
  /** The bases that it names itself. */
  readonly ownClaims?: readonly BaseClaim[];
  readonly layers: readonly DescribedLayer[];
  /** `undefined` if a layer's is not known. */
  readonly downloadSize: number | undefined;
}

export interface ImageSnapshot extends ArtifactSnapshot, DescribedImage {
  readonly kind: "image";
  readonly layers: readonly ImageLayer[];
  readonly layersContentSize: number;
  readonly rootfsSize: number;
  readonly wastedSize: number;
  readonly wasted: WastedBodies;
  readonly directories: DirectorySums;
  /**
   * For each layer, for each of its entries: the owner's node index if the entry is visible, -2 if it is visible without an owner
   * (a directory), -1 if it is hidden.
   */
  readonly owners: readonly Int32Array[];
  readonly loads: FileLoads;
  readonly bodies: VisibleBodies;
}

export interface ClosureSnapshot extends ArtifactSnapshot {
  readonly kind: "closure";
  /** `/nix/store` or `/gnu/store`. */
  readonly storeDir: string;
  readonly closureSize: number;
  /** True if GC roots were known; else the store is measured as a whole. */
  readonly rootsKnown: boolean;
  /** Only of a closure from a binary cache. */
  readonly cacheFacts?: CacheFacts | undefined;
}

/** A software bill of materials. It states no bytes: the size of each component is 1, so that measures count components. */
export interface SbomSnapshot extends ArtifactSnapshot {
  readonly kind: "sbom";
  readonly format: SbomFormat;
  readonly specVersion: string;
  /** "" if the document has no name. */
  readonly documentName: string;
  /** Files that the document lists, which are no components. */
  readonly fileCount: number;
}

export type Snapshot = ImageSnapshot | ClosureSnapshot | SbomSnapshot;
