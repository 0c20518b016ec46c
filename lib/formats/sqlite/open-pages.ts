import { InputError } from "#lib/model/problem.ts";
import type { ByteSource } from "./byte-source.ts";
import { type CommittedPages, findCommittedPages, isPageLength, MAX_PAGE_LENGTH } from "./committed-pages.ts";

const MAGIC = "SQLite format 3\0";
const HEADER_LENGTH = 100;
/** fileformat2.html#the_database_header: the text encoding, and its value for UTF-8. Both kinds of store use no other. */
const ENCODING_OFFSET = 56;
const UTF8 = 1;
/** A page has at least this much space besides its reserved bytes (fileformat2.html#reserved_bytes_per_page). */
const MIN_USABLE_LENGTH = 480;

/**
 * Maximum size of a database: each visited page is marked, one bit per page. 100,000 paths with a million references are 82 MB.
 */
export const MAX_DATABASE_BYTES = 64 * 1024 ** 3;
/** Bytes of pages read in one walk over everything, which bounds the time, however large and sparse the file is. */
export const MAX_READ_BYTES = 2 * 1024 ** 3;

/** An SQLite database in one committed state, page by page. */
export interface Pages {
  /** Usable bytes of a page. */
  readonly usableLength: number;
  readonly pageCount: number;
  /**
   * A copy of page `number` (from 1), in memory that the next call with the same `buffer` overwrites. Each page may be read once:
   * in a sound database it belongs to one tree, and a tree that leads back would never end. Throws `InputError` (`bad-database`,
   * `limit-exceeded`).
   */
  take(number: number, buffer: "tree" | "overflow"): DataView;
}

/**
 * The database as of the last complete transaction in the log, reading only the headers. `place` names it. Throws `InputError`
 * (`bad-database`, `limit-exceeded`).
 */
export function openPages(files: { database: ByteSource; wal: ByteSource; place: string }): Pages {
  const { database, wal, place } = files;
  if (database.length > MAX_DATABASE_BYTES)
    throw new InputError("limit-exceeded", place, `${database.length} bytes; the limit is ${MAX_DATABASE_BYTES}`);
  const committed = findCommittedPages(wal);
  const header = new Uint8Array(HEADER_LENGTH);
  const count = database.read(0, header);
  if (count < HEADER_LENGTH || Buffer.from(header.subarray(0, MAGIC.length)).toString("latin1") !== MAGIC)
    throw new InputError("bad-database", place, "not an SQLite database");
  const firstPage = committed?.offsets.get(1);
  if (firstPage !== undefined) wal.read(firstPage, header);
  const { pageLength, usableLength, pageCount } = readHeader(new DataView(header.buffer), place);
  if (committed !== undefined && committed.pageLength !== pageLength)
    throw new InputError("bad-database", place, "the database is damaged: its log belongs to another database");
  return new CommittedState({
    database,
    wal,
    place,
    pageLength,
    usableLength,
    log: committed,
    headerPageCount: pageCount,
  });
}

function readHeader(header: DataView, place: string) {
  const stored = header.getUint16(16);
  const pageLength = stored === 1 ? MAX_PAGE_LENGTH : stored;
  const usableLength = pageLength - header.getUint8(20);
  if (!isPageLength(pageLength) || usableLength < MIN_USABLE_LENGTH)
    throw new InputError("bad-database", place, `the database is damaged: pages of ${pageLength} bytes`);
  const encoding = header.getUint32(ENCODING_OFFSET);
  if (encoding > UTF8) throw new InputError("bad-database", place, "not a store's database: its text is not UTF-8");
  // The count is valid only if the last writer maintained it (fileformat2.html#in_header_database_size).
  const isCounted = header.getUint32(24) === header.getUint32(92);
  return { pageLength, usableLength, pageCount: isCounted ? header.getUint32(28) : 0 };
}

interface StateParts {
  readonly database: ByteSource;
  readonly wal: ByteSource;
  readonly place: string;
  readonly pageLength: number;
  readonly usableLength: number;
  readonly log: CommittedPages | undefined;
  /** 0 if the header does not give it. */
  readonly headerPageCount: number;
}

class CommittedState implements Pages {
  readonly usableLength: number;
  readonly #parts: StateParts;
  readonly pageCount: number;
  readonly #taken: Uint8Array;
  readonly #buffers: Readonly<Record<"tree" | "overflow", DataView<ArrayBuffer>>>;
  #bytesRead = 0;

  constructor(parts: StateParts) {
    const { database, pageLength, log, headerPageCount, place } = parts;
    const filePageCount = Math.floor(database.length / pageLength);
    if (log === undefined && headerPageCount > filePageCount)
      throw new InputError("bad-database", place, "the database is damaged: it is truncated");
    // Every page is in one of the two files; a log that claims more must not make us allocate for it.
    this.pageCount = log === undefined ? filePageCount : Math.min(log.pageCount, filePageCount + log.offsets.size);
    this.usableLength = parts.usableLength;
    this.#parts = parts;
    this.#taken = new Uint8Array((this.pageCount >> 3) + 1);
    const newBuffer = () => new DataView(new ArrayBuffer(pageLength));
    this.#buffers = { tree: newBuffer(), overflow: newBuffer() };
  }

  take(number: number, buffer: "tree" | "overflow"): DataView {
    const { database, wal, place, pageLength, log } = this.#parts;
    if (number < 1 || number > this.pageCount) this.#fail(`page ${number} does not exist`);
    this.#markTaken(number);
    this.#bytesRead += pageLength;
    if (this.#bytesRead > MAX_READ_BYTES)
      throw new InputError("limit-exceeded", place, `more than ${MAX_READ_BYTES} bytes of rows`);
    const page = this.#buffers[buffer];
    const bytes = new Uint8Array(page.buffer);
    const offset = log?.offsets.get(number);
    const count = offset === undefined ? database.read((number - 1) * pageLength, bytes) : wal.read(offset, bytes);
    if (count < pageLength) this.#fail(`page ${number} is truncated`);
    return page;
  }

  #markTaken(number: number): void {
    const bit = 1 << (number & 7);
    if ((this.#taken[number >> 3]! & bit) !== 0) this.#fail(`page ${number} is used twice`);
    this.#taken[number >> 3]! |= bit;
  }

  #fail(what: string): never {
    throw new InputError("bad-database", this.#parts.place, `the database is damaged: ${what}`);
  }
}
