import type { LayerChunks, LayerContents } from "./layer.ts";

/**
 * The names inside some store items, each item's in the order of its NAR, the item itself first. Columns, as in `LayerEntries`: a
 * store of a million files crosses from worker threads without a copy. Sizes in bytes.
 */
export interface ItemEntries {
  readonly count: number;
  /** `EntryKind`: file, directory or symlink. */
  readonly kind: Uint8Array;
  /** 1 for a file that its owner may execute: the only permission in a NAR. */
  readonly executable: Uint8Array;
  /** Bytes of the body; 0 except for files. */
  readonly byteCount: Float64Array;
  /** Row in `StoreFiles.contents`, -1 except for files. */
  readonly content: Int32Array;
  /** Row i's path inside the item is `names[pathStart[i] … targetStart[i])`, "" for the item itself; a symlink's target follows, up to the next row's path. */
  readonly pathStart: Uint32Array;
  readonly targetStart: Uint32Array;
  readonly names: Uint8Array;
}

/** The files of some store items, read and verified against the store's database. */
export interface StoreFiles {
  /** Node indexes of the items. */
  readonly items: Int32Array;
  /** Item i's entries are rows `start[i] … start[i + 1])`: one more than there are items. */
  readonly start: Uint32Array;
  readonly entries: ItemEntries;
  /** The distinct bodies; each is used by an entry. */
  readonly contents: LayerContents;
  /** The chunks of the bodies, if requested. */
  readonly chunks?: LayerChunks;
}
