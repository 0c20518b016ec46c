import type { DiffId, Digest } from "./digest.ts";
import { entryDirectory, entryLink, entryName, type LayerScan } from "./layer.ts";

/**
 * A layer as squashing reads it: its entries in tar order, and the bodies of its documents. The same for a layer just scanned and
 * one from the database. Names are built on demand: as strings, those of 600,000 entries would take more memory than all the
 * rest.
 */
export interface LayerListing {
  readonly diffId: DiffId;
  readonly tarSize: number;
  readonly contentSize: number;
  readonly kind: Uint8Array;
  readonly byteCount: Float64Array;
  /** Path of row i's directory; "" for the root. */
  directory(i: number): string;
  /** Last part of row i's path; "" for the root itself. */
  name(i: number): string;
  /** Target of a symlink (as written) or of a hard link (normalised like a path); "" for other kinds. */
  link(i: number): string;
  /** Entry row (or WHOLE_LAYER) → body. */
  readonly documents: ReadonlyMap<number, Uint8Array>;
}

/** The whole path of row i. */
export function listedPath(listing: LayerListing, i: number): string {
  const directory = listing.directory(i);
  return directory === "" ? listing.name(i) : `${directory}/${listing.name(i)}`;
}

/** A blob the database may know: by its digest or, if an archive does not give it, by being the tar stream itself. */
export interface BlobClaim {
  readonly digest: Digest;
  readonly diffId: DiffId;
  /** Bytes of the blob; if `undefined`, they are not known and not compared. */
  readonly storedSize: number | undefined;
}

/** Limits of the listings of one image together. */
export interface ListingLimits {
  readonly entries: number;
  /** Further documents are left out. */
  readonly documentBytes: number;
}

/** The stored layers, as far as ingest needs them: implemented by the database. */
export interface KnownLayers {
  /**
   * For each claim the layer's listing if this very blob was scanned before with this DiffID; else `undefined`. Throws InputError
   * `limit-exceeded` if they have too many entries together.
   */
  load(claims: readonly BlobClaim[], limits: ListingLimits): Promise<(LayerListing | undefined)[]>;
}

/** The listing of a layer that was just scanned. */
export function toListing(scan: LayerScan): LayerListing {
  const { entries, diffId, tarSize, contentSize } = scan;
  return {
    diffId,
    tarSize,
    contentSize,
    kind: entries.kind,
    byteCount: entries.contentSize,
    directory: (i) => entryDirectory(entries, i),
    name: (i) => entryName(entries, i),
    link: (i) => entryLink(entries, i),
    documents: new Map(scan.documents.map((document) => [document.entry, document.body])),
  };
}
