import type { EntryKind } from "#lib/model/layer.ts";

/** One member, with its pax and GNU metadata applied. `path` and `link` are valid during the call only. */
export interface TarEntry {
  readonly kind: EntryKind;
  /** As written, not normalised. */
  readonly path: Uint8Array;
  readonly link: Uint8Array;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Whole seconds since the epoch. */
  readonly mtime: number;
  /** Bytes of the body that follows; a sparse file's as stored, without the map of format 1.0. 0 except for files. */
  readonly byteCount: number;
  /** `MAJOR:MINOR` of a character or block device; absent for other kinds. */
  readonly device?: string;
  /** Extended attributes, byte for byte as latin1; absent if there are none. */
  readonly xattrs?: ReadonlyMap<string, string>;
}

/** A header block, part of the body of a metadata member, a block of a sparse file's map. */
export type RawPart = "header" | "metadata" | "map";

/** The receiver of a tar's members: for each `entry`, `body` in pieces if there is one, `endEntry`. */
export interface TarSink {
  entry(entry: TarEntry): void;
  /** The next piece of the body; a view of the chunk. */
  body(piece: Uint8Array): void;
  endEntry(): void;
  /**
   * Everything of a member but its body and what fills up blocks, as it is in the tar: a view of the chunk. All of it comes before
   * `entry`, except the further maps of a sparse file of GNU's old format, which come before its body.
   */
  raw?(piece: Uint8Array, part: RawPart): void;
  /** A feature that an engine would refuse or read differently. */
  warn(place: string, message: string): void;
}
