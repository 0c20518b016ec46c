/**
 * The write-ahead log of an SQLite database (sqlite.org/fileformat2.html#the_write_ahead_log): whole pages that stand
 * for those of the database file until a checkpoint copies them there.
 */

export const WAL_HEADER_LENGTH = 32;
const DATABASE_HEADER_LENGTH = 100;
const FRAME_HEADER_LENGTH = 24;
/** The lowest bit says in which byte order the checksums are reckoned: 1 big-endian. */
const WAL_MAGIC = 0x377f0682;
const WAL_VERSION = 3007000;
/** SQLite's own bounds for a page (fileformat2.html#page_size). */
const MIN_PAGE_LENGTH = 512;
const MAX_PAGE_LENGTH = 65536;
/** Write and read version in the database header: 1 rollback journal, 2 WAL. */
const VERSION_OFFSETS = [18, 19];
const MAGIC = "SQLite format 3\0";

type Checksum = readonly [number, number];

interface CommittedPages {
  readonly pageLength: number;
  /** Pages of the database as of the last commit. */
  readonly pageCount: number;
  /** For each page number (from 1), where its newest committed version begins in the log. */
  readonly offsets: ReadonlyMap<number, number>;
}

/** Whether these bytes begin as an SQLite 3 database does. */
export function isSqliteDatabase(bytes: Uint8Array): boolean {
  return bytes.length >= DATABASE_HEADER_LENGTH && Buffer.from(bytes.subarray(0, 16)).toString("latin1") === MAGIC;
}

/**
 * The database as of the last transaction that the log holds whole, as bytes that need no log: the header says rollback
 * journal. What follows the last commit (a writer at work, a torn write, frames of an older log) is left out.
 *
 * `database` is taken over and changed: a second copy of it would be our largest piece of memory.
 */
export function applyWal(database: Uint8Array, wal: Uint8Array): Uint8Array {
  const committed = findCommittedPages(wal);
  const merged = committed === undefined ? database : resize(database, committed, wal.length);
  if (committed !== undefined) copyPages(merged, wal, committed);
  for (const offset of VERSION_OFFSETS) if (merged[offset] === 2) merged[offset] = 1;
  return merged;
}

/** As many bytes as the database has at the last commit: vacuum makes it shorter. */
function resize(database: Uint8Array, { pageCount, pageLength }: CommittedPages, walLength: number): Uint8Array {
  // Every page is in the one file or the other; a log that claims more must not make us allocate it.
  const length = Math.min(pageCount * pageLength, database.length + walLength);
  if (length <= database.length) return database.subarray(0, length);
  const longer = new Uint8Array(length);
  longer.set(database);
  return longer;
}

function copyPages(merged: Uint8Array, wal: Uint8Array, { offsets, pageCount, pageLength }: CommittedPages): void {
  for (const [page, offset] of offsets) {
    // A page that a later transaction cut off (vacuum) is still in the log.
    const fits = page >= 1 && page <= pageCount && page * pageLength <= merged.length;
    if (fits) merged.set(wal.subarray(offset, offset + pageLength), (page - 1) * pageLength);
  }
}

/** The valid frames up to the last commit; `undefined` where the log holds no whole transaction. */
function findCommittedPages(wal: Uint8Array): CommittedPages | undefined {
  const view = new DataView(wal.buffer, wal.byteOffset, wal.byteLength);
  const pageLength = readPageLength(view);
  if (pageLength === undefined) return undefined;
  const bigEndian = (view.getUint32(0) & 1) === 1;
  let sum: Checksum = addToChecksum(view, 0, 24, [0, 0], bigEndian);
  if (!hasChecksum(view, 24, sum)) return undefined;
  const offsets = new Map<number, number>();
  let pageCount = 0;
  let pending: [page: number, offset: number][] = [];
  for (
    let at = WAL_HEADER_LENGTH;
    at + FRAME_HEADER_LENGTH + pageLength <= wal.length;
    at += FRAME_HEADER_LENGTH + pageLength
  ) {
    if (!hasLogSalt(view, at)) break;
    sum = addToChecksum(view, at, 8, sum, bigEndian);
    sum = addToChecksum(view, at + FRAME_HEADER_LENGTH, pageLength, sum, bigEndian);
    if (!hasChecksum(view, at + 16, sum)) break;
    pending.push([view.getUint32(at), at + FRAME_HEADER_LENGTH]);
    const commitPageCount = view.getUint32(at + 4);
    if (commitPageCount === 0) continue;
    for (const [page, offset] of pending) offsets.set(page, offset);
    pending = [];
    pageCount = commitPageCount;
  }
  return pageCount === 0 ? undefined : { pageLength, pageCount, offsets };
}

function readPageLength(view: DataView): number | undefined {
  if (view.byteLength < WAL_HEADER_LENGTH) return undefined;
  if ((view.getUint32(0) & ~1) !== WAL_MAGIC || view.getUint32(4) !== WAL_VERSION) return undefined;
  const pageLength = view.getUint32(8);
  const isPowerOfTwo = (pageLength & (pageLength - 1)) === 0;
  return isPowerOfTwo && pageLength >= MIN_PAGE_LENGTH && pageLength <= MAX_PAGE_LENGTH ? pageLength : undefined;
}

// The salts change whenever the log starts anew: a frame with others is what is left of an older log.
function hasLogSalt(view: DataView, frame: number): boolean {
  return view.getUint32(frame + 8) === view.getUint32(16) && view.getUint32(frame + 12) === view.getUint32(20);
}

function hasChecksum(view: DataView, at: number, [first, second]: Checksum): boolean {
  return view.getUint32(at) === first && view.getUint32(at + 4) === second;
}

/** fileformat2.html#checksum_algorithm: two running sums over pairs of 32-bit words. `length` is a multiple of 8. */
function addToChecksum(view: DataView, start: number, length: number, before: Checksum, bigEndian: boolean): Checksum {
  let [first, second] = before;
  for (let at = start; at < start + length; at += 8) {
    first = (first + view.getUint32(at, !bigEndian) + second) >>> 0;
    second = (second + view.getUint32(at + 4, !bigEndian) + first) >>> 0;
  }
  return [first, second];
}
