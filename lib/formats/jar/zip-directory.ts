import type { FaultList } from "#lib/model/fault.ts";

/** Entries of one file that are looked at, those of archives in it included. The largest fat jars have 100,000 classes. */
export const MAX_ZIP_ENTRIES = 500_000;

const END_BYTES = 22;
const END_SIGNATURE = 0x06054b50;
const MAX_COMMENT_LENGTH = 0xffff;
const END_64_BYTES = 56;
const LOCATOR_64_BYTES = 20;
const LOCATOR_64_SIGNATURE = 0x07064b50;
const END_64_SIGNATURE = 0x06064b50;
const ENTRY_BYTES = 46;
const ENTRY_SIGNATURE = 0x02014b50;
const HEADER_BYTES = 30;
const HEADER_SIGNATURE = 0x04034b50;
const IS_ENCRYPTED = 1;
/** The bit by which two small ASCII letters differ from capitals. */
const LOWER_CASE = 0x2020;

/** A file in a zip archive, as its central directory describes it. */
export interface ZipEntry {
  /** Latin-1: every name that is looked for is ASCII. */
  readonly name: string;
  /** 0: stored; 8: deflated. */
  readonly method: number;
  readonly isEncrypted: boolean;
  /** The stored bytes; `undefined` if they are not in the archive. */
  readonly bytes: Buffer | undefined;
  /** What it says of its size, which may be wrong. */
  readonly byteCount: number;
}

export interface ZipReading {
  /** The last two letters of wanted names, in lower case: most names are not even decoded. */
  readonly endings: ReadonlySet<string>;
  readonly isWanted: (name: string) => boolean;
  /** Says whether one more entry may be looked at. */
  readonly spendEntry: () => boolean;
}

/** The central directory of an archive. */
interface Directory {
  readonly start: number;
  readonly end: number;
  /** Bytes in front of the archive (a script that starts it), which its offsets leave out. */
  readonly prefix: number;
}

/**
 * The entries of an archive that fit `isWanted`, in the order of its central directory, which alone says what is in the archive
 * (APPNOTE.TXT 4.3). A damaged directory is read up to the damage.
 */
export function* listZipEntries(
  archive: Uint8Array,
  { endings, isWanted, spendEntry }: ZipReading,
  faults: FaultList,
): Generator<ZipEntry> {
  const bytes = Buffer.from(archive.buffer, archive.byteOffset, archive.length);
  const directory = findDirectory(bytes);
  if (directory === undefined) {
    faults.add("is not a whole zip archive: it has no central directory");
    return;
  }
  const codes = new Set([...endings].map((ending) => Buffer.from(ending).readUInt16LE()));
  let at = directory.start;
  for (let count = 0; at < directory.end; count++) {
    if (!spendEntry()) {
      faults.addLimit("entries of an archive", MAX_ZIP_ENTRIES);
      return;
    }
    if (at + ENTRY_BYTES > directory.end || bytes.readUInt32LE(at) !== ENTRY_SIGNATURE) {
      faults.add(`has a damaged central directory after ${count} entries`);
      return;
    }
    const nameLength = bytes.readUInt16LE(at + 28);
    const nameEnd = Math.min(at + ENTRY_BYTES + nameLength, directory.end);
    if (codes.has(bytes.readUInt16LE(nameEnd - 2) | LOWER_CASE)) {
      const name = bytes.toString("latin1", at + ENTRY_BYTES, nameEnd);
      if (isWanted(name)) yield toEntry(bytes, directory, at, name);
    }
    at += ENTRY_BYTES + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
}

function toEntry(bytes: Buffer, { prefix }: Directory, at: number, name: string): ZipEntry {
  return {
    name,
    method: bytes.readUInt16LE(at + 10),
    isEncrypted: (bytes.readUInt16LE(at + 8) & IS_ENCRYPTED) !== 0,
    byteCount: bytes.readUInt32LE(at + 24),
    bytes: bytesAt(bytes, prefix + bytes.readUInt32LE(at + 42), bytes.readUInt32LE(at + 20)),
  };
}

/** What follows a local header, whose name and extra field may have lengths of their own. */
function bytesAt(bytes: Buffer, header: number, byteCount: number): Buffer | undefined {
  if (header + HEADER_BYTES > bytes.length || bytes.readUInt32LE(header) !== HEADER_SIGNATURE) return undefined;
  const start = header + HEADER_BYTES + bytes.readUInt16LE(header + 26) + bytes.readUInt16LE(header + 28);
  return start + byteCount > bytes.length ? undefined : bytes.subarray(start, start + byteCount);
}

/** From the record at the archive's end, behind which there is only its comment. */
function findDirectory(bytes: Buffer): Directory | undefined {
  const first = Math.max(0, bytes.length - END_BYTES - MAX_COMMENT_LENGTH);
  for (let end = bytes.length - END_BYTES; end >= first; end--) {
    if (bytes[end] !== 0x50 || bytes.readUInt32LE(end) !== END_SIGNATURE) continue;
    if (end + END_BYTES + bytes.readUInt16LE(end + 20) > bytes.length) continue;
    return findDirectory64(bytes, end) ?? toDirectory(end, bytes.readUInt32LE(end + 12), bytes.readUInt32LE(end + 16));
  }
  return undefined;
}

/** Of an archive with more than 65,535 entries, the numbers are in a record of their own. */
function findDirectory64(bytes: Buffer, end: number): Directory | undefined {
  const locator = end - LOCATOR_64_BYTES;
  const record = locator - END_64_BYTES;
  if (record < 0 || bytes.readUInt32LE(locator) !== LOCATOR_64_SIGNATURE) return undefined;
  if (bytes.readUInt32LE(record) !== END_64_SIGNATURE) return undefined;
  return toDirectory(record, Number(bytes.readBigUInt64LE(record + 40)), Number(bytes.readBigUInt64LE(record + 48)));
}

/** The directory is directly in front of the record that describes it. */
function toDirectory(end: number, byteCount: number, offset: number): Directory | undefined {
  const start = end - byteCount;
  return start < 0 || offset > start ? undefined : { start, end, prefix: start - offset };
}
