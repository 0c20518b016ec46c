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
  // A label for the tape: no file system object.
  [Typeflag.gnuVolume, undefined],
]);

/** What a member is, `undefined` for what is no file system object. Unknown types are files, as POSIX asks. */
export function kindOf(header: RawHeader): EntryKind | undefined {
  // Before POSIX, a name that ends in a slash was how a directory was told.
  if (header.typeflag === Typeflag.oldFile && header.path.at(-1) === SLASH) return EntryKind.directory;
  return isKnownType(header) ? KINDS.get(header.typeflag) : EntryKind.file;
}

export function isKnownType(header: RawHeader): boolean {
  return KINDS.has(header.typeflag);
}

/** The warning for a type that is none of POSIX's or GNU's. */
export function unknownType(header: RawHeader): string {
  return `unknown member type 0x${header.typeflag.toString(16)}, taken for a file; engines refuse it`;
}
