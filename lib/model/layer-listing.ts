import type { DiffId, Digest } from "./digest.ts";
import { entryDirectory, entryLink, entryName, type LayerScan } from "./layer.ts";

/**
 * A layer as squashing reads it: its entries in tar order, and the bodies of its documents. The same whether the layer was
 * scanned a moment ago or comes from the database. Names are made when they are asked for: as strings, those of 600,000
 * entries would take more memory than all the rest.
 */
export interface LayerListing {
  readonly diffId: DiffId;
  readonly tarSize: number;
  readonly contentSize: number;
  readonly kind: Uint8Array;
  readonly byteCount: Float64Array;
  /** Path of the directory that row i stands in; "" for the root. */
  directory(i: number): string;
  /** Last part of row i's path; "" for the root itself. */
  name(i: number): string;
  /** Target of a symlink (as written) or of a hard link (normalised like a path); "" for the rest. */
  link(i: number): string;
  /** Entry row → body. */
  readonly documents: ReadonlyMap<number, Uint8Array>;
}

/** The whole path of row i. */
export function listedPath(listing: LayerListing, i: number): string {
  const directory = listing.directory(i);
  return directory === "" ? listing.name(i) : `${directory}/${listing.name(i)}`;
}

/** A blob the database may know: by its digest, or, where an archive does not tell it, by being the tar stream itself. */
export interface BlobClaim {
  readonly digest: Digest;
  readonly diffId: DiffId;
  /** Bytes of the blob; `undefined` where they are not known, and need not agree. */
  readonly storedSize: number | undefined;
}

/** What the listings of one image may hold together. */
export interface ListingLimits {
  readonly entries: number;
  /** Documents beyond are left out. */
  readonly documentBytes: number;
}

/** What is already scanned, as far as ingest needs it: the database stands behind it. */
export interface KnownLayers {
  /**
   * For each claim the layer's listing where this very blob was scanned before and held this DiffID; else `undefined`.
   * Throws InputError `limit-exceeded` where they hold too many entries together.
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
