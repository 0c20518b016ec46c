import { EntryKind } from "#lib/model/layer.ts";
import { type RawHeader, Typeflag } from "./header.ts";

const SLASH = 0x2f;

const KINDS: ReadonlyMap<number, EntryKind | undefined> = new Map([
  [Typeflag.oldFile, EntryKind.file],
  [Typeflag.file, EntryKind.file],
  [Typeflag.contiguous, EntryKind.file],
  [Typeflag.gnuSparse, EntryKind.file],
  [Typeflag.hardLink, EntryKind.hardLink],
  [Typeflag.symlink, EntryKind.symlink],
  [Typeflag.charDevice, EntryKind.charDevice],
  [Typeflag.blockDevice, EntryKind.blockDevice],
  [Typeflag.directory, EntryKind.directory],
  [Typeflag.gnuDumpDirectory, EntryKind.directory],
  [Typeflag.fifo, EntryKind.fifo],
  // A label for the tape, not a file system object.
  [Typeflag.gnuVolume, undefined],
]);

/** The kind of a member, `undefined` if it is not a file system object. Unknown types are files, as POSIX requires. */
export function kindOf(header: RawHeader): EntryKind | undefined {
  // Before POSIX, a trailing slash in the name marked a directory.
  if (header.typeflag === Typeflag.oldFile && header.path.at(-1) === SLASH) return EntryKind.directory;
  return isKnownType(header) ? KINDS.get(header.typeflag) : EntryKind.file;
}

export function isKnownType(header: RawHeader): boolean {
  return KINDS.has(header.typeflag);
}

/** The warning for a type outside POSIX and GNU. */
export function unknownType(header: RawHeader): string {
  return `unknown member type 0x${header.typeflag.toString(16)}, read as a file; engines refuse it`;
}
