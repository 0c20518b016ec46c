import type { LayerChunks, LayerContents } from "./layer.ts";

/**
 * The names inside some store items, each item's in the order of its NAR, the item itself first. Columns, as in
 * `LayerEntries`: a store of a million files crosses from worker threads without a copy. Sizes in bytes.
 */
export interface ItemEntries {
  readonly count: number;
  /** `EntryKind`: file, directory or symlink. */
  readonly kind: Uint8Array;
  /** 1 for a file that its owner may run: the one permission that a NAR keeps. */
  readonly executable: Uint8Array;
  /** Of the body; 0 for all but files. */
  readonly byteCount: Float64Array;
  /** Row in `StoreFiles.contents`, -1 for all but files. */
  readonly content: Int32Array;
  /** Row i's path inside the item is `names[pathStart[i] … targetStart[i])`, "" for the item itself; a symlink's target follows, up to the next row's path. */
  readonly pathStart: Uint32Array;
  readonly targetStart: Uint32Array;
  readonly names: Uint8Array;
}

/** The files of some store items, read and found to be what the store's database says. */
export interface StoreFiles {
  /** Node indexes of the items. */
  readonly items: Int32Array;
  /** Item i's entries are rows `start[i] … start[i + 1])`: one more than there are items. */
  readonly start: Uint32Array;
  readonly entries: ItemEntries;
  /** The distinct bodies; every one is some entry's. */
  readonly contents: LayerContents;
  /** The bodies cut into chunks, where that was asked for. */
  readonly chunks?: LayerChunks;
}
