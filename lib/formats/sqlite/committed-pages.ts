import type { ByteSource } from "./byte-source.ts";

/**
 * The write-ahead log of an SQLite database (sqlite.org/fileformat2.html#the_write_ahead_log): whole pages that replace those of
 * the database file until a checkpoint copies them there.
 */

export const WAL_HEADER_LENGTH = 32;
const FRAME_HEADER_LENGTH = 24;
/** The lowest bit gives the byte order of the checksums: 1 big-endian. */
const WAL_MAGIC = 0x377f0682;
const WAL_VERSION = 3007000;
/** SQLite's own bounds for a page (fileformat2.html#page_size). */
const MIN_PAGE_LENGTH = 512;
export const MAX_PAGE_LENGTH = 65536;

type Checksum = readonly [number, number];

/** The committed content of a log. */
export interface CommittedPages {
  readonly pageLength: number;
  /** Pages of the database as of the last commit. */
  readonly pageCount: number;
  /** For each page number (from 1), the offset in the log of its newest committed version. */
  readonly offsets: ReadonlyMap<number, number>;
}

interface WalHeader {
  readonly pageLength: number;
  readonly bigEndian: boolean;
  readonly salt: readonly [number, number];
  readonly sum: Checksum;
}

/**
 * The pages of the last complete transaction in the log, and of those before it. Frames after the last commit (a writer at work,
 * a torn write, an older log) are left out. `undefined` if no transaction is complete. Reads one frame at a time, and stops at
 * the first invalid one.
 */
export function findCommittedPages(wal: ByteSource): CommittedPages | undefined {
  const header = readWalHeader(wal);
  if (header === undefined) return undefined;
  const { pageLength } = header;
  const frame = new DataView(new ArrayBuffer(FRAME_HEADER_LENGTH + pageLength));
  const offsets = new Map<number, number>();
  let { sum } = header;
  let pageCount = 0;
  let pending: [page: number, offset: number][] = [];
  for (let at = WAL_HEADER_LENGTH; readWhole(wal, at, frame); at += frame.byteLength) {
    const next = checkFrame(frame, header, sum);
    if (next === undefined) break;
    sum = next;
    pending.push([frame.getUint32(0), at + FRAME_HEADER_LENGTH]);
    const commitPageCount = frame.getUint32(4);
    if (commitPageCount === 0) continue;
    for (const [page, offset] of pending) offsets.set(page, offset);
    pending = [];
    pageCount = commitPageCount;
  }
  return pageCount === 0 ? undefined : { pageLength, pageCount, offsets };
}

function readWhole(source: ByteSource, at: number, view: DataView<ArrayBuffer>): boolean {
  return source.read(at, new Uint8Array(view.buffer)) === view.byteLength;
}

function readWalHeader(wal: ByteSource): WalHeader | undefined {
  const view = new DataView(new ArrayBuffer(WAL_HEADER_LENGTH));
  if (!readWhole(wal, 0, view)) return undefined;
  if ((view.getUint32(0) & ~1) !== WAL_MAGIC || view.getUint32(4) !== WAL_VERSION) return undefined;
  const pageLength = view.getUint32(8);
  if (!isPageLength(pageLength)) return undefined;
  const bigEndian = (view.getUint32(0) & 1) === 1;
  const sum = addToChecksum(view, { start: 0, length: 24, before: [0, 0], bigEndian });
  if (!hasChecksum(view, 24, sum)) return undefined;
  return { pageLength, bigEndian, salt: [view.getUint32(16), view.getUint32(20)], sum };
}

/** A power of two within SQLite's bounds. */
export function isPageLength(length: number): boolean {
  return (length & (length - 1)) === 0 && length >= MIN_PAGE_LENGTH && length <= MAX_PAGE_LENGTH;
}

/** The running checksum after this frame; `undefined` if it is not the next frame. */
function checkFrame(frame: DataView, { salt, pageLength, bigEndian }: WalHeader, before: Checksum) {
  // The salts change whenever the log restarts: a frame with others belongs to an older log.
  if (frame.getUint32(8) !== salt[0] || frame.getUint32(12) !== salt[1]) return undefined;
  const afterHeader = addToChecksum(frame, { start: 0, length: 8, before, bigEndian });
  const page = { start: FRAME_HEADER_LENGTH, length: pageLength };
  const sum = addToChecksum(frame, { ...page, before: afterHeader, bigEndian });
  return hasChecksum(frame, 16, sum) ? sum : undefined;
}

function hasChecksum(view: DataView, at: number, [first, second]: Checksum): boolean {
  return view.getUint32(at) === first && view.getUint32(at + 4) === second;
}

/** fileformat2.html#checksum_algorithm: two running sums over pairs of 32-bit words. `length` is a multiple of 8. */
function addToChecksum(
  view: DataView,
  { start, length, before, bigEndian }: { start: number; length: number; before: Checksum; bigEndian: boolean },
): Checksum {
  let [first, second] = before;
  for (let at = start; at < start + length; at += 8) {
    first = (first + view.getUint32(at, !bigEndian) + second) >>> 0;
    second = (second + view.getUint32(at + 4, !bigEndian) + first) >>> 0;
  }
  return [first, second];
}
