import type { DiffId, Digest } from "./digest.ts";
import { EntryKind, entryLink, entryPath, type LayerEntries, type LayerScan } from "./layer.ts";

/**
 * A layer as squashing reads it: its entries in tar order with their paths as text, and the bodies of its documents.
 * The same whether the layer was scanned a moment ago or comes from the database.
 */
export interface LayerListing {
  readonly diffId: DiffId;
  readonly tarSize: number;
  readonly contentSize: number;
  readonly kind: Uint8Array;
  readonly path: readonly string[];
  /** Target of a symlink (as written) or of a hard link (normalised like a path); "" for the rest. */
  readonly link: readonly string[];
  readonly byteCount: Float64Array;
  /** Entry row → body. */
  readonly documents: ReadonlyMap<number, Uint8Array>;
}

/** A blob the database may know: by its digest, or, where an archive does not tell it, by being the tar stream itself. */
export interface BlobClaim {
  readonly digest: Digest;
  readonly diffId: DiffId;
  /** Bytes of the blob; `undefined` where they are not known, and need not agree. */
  readonly storedSize: number | undefined;
}

/** What is already scanned, as far as ingest needs it: the database stands behind it. */
export interface KnownLayers {
  /** For each claim the layer's listing where this very blob was scanned before and held this DiffID; else `undefined`. */
  load(claims: readonly BlobClaim[]): Promise<(LayerListing | undefined)[]>;
}

/** The listing of a layer that was just scanned. */
export function toListing(scan: LayerScan): LayerListing {
  const { entries } = scan;
  const path = new Array<string>(entries.count);
  const link = new Array<string>(entries.count);
  for (let i = 0; i < entries.count; i++) {
    path[i] = entryPath(entries, i);
    link[i] = hasLink(entries, i) ? entryLink(entries, i) : "";
  }
  const documents = new Map(scan.documents.map((document) => [document.entry, document.body]));
  const { diffId, tarSize, contentSize } = scan;
  return { diffId, tarSize, contentSize, kind: entries.kind, path, link, byteCount: entries.contentSize, documents };
}

function hasLink(entries: LayerEntries, i: number): boolean {
  return entries.kind[i] === EntryKind.symlink || entries.kind[i] === EntryKind.hardLink;
}
