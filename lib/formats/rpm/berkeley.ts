import type { FaultList } from "#lib/model/fault.ts";

/**
 * The hash databases of Berkeley DB that rpm used until 4.16, `Packages`: pages of one size; a bucket's page has pairs of items,
 * the record's number and the package's header; a long item is a chain of overflow pages (db_page.h of Berkeley DB).
 */

const MAGIC_AT = 12;
const HASH_MAGIC = 0x61561;
const META_BYTES = 72;
const PAGE_HEADER_BYTES = 26;
const MIN_PAGE_BYTES = 512;
const MAX_PAGE_BYTES = 65_536;

/** Types of pages. Unsorted ones are of Berkeley DB 4.3 and older. */
const Page = { unsortedHash: 2, overflow: 7, hash: 13 } as const;
/** Types of items: bytes in the page, or a chain of pages. */
const Item = { inPage: 1, offPage: 3 } as const;
/** Bytes of an item that names a chain: its type, three unused ones, the first page and the length. */
const OFF_PAGE_BYTES = 12;

/** Numbers are in the byte order of the machine that wrote the database. */
export function isBerkeleyDatabase(bytes: Uint8Array): boolean {
  if (bytes.length < META_BYTES) return false;
  const view = viewOf(bytes);
  return view.getUint32(MAGIC_AT, true) === HASH_MAGIC || view.getUint32(MAGIC_AT) === HASH_MAGIC;
}

/** The packages' headers in the order of the pages; damage is reported, and the rest is read. */
export function* eachBerkeleyHeader(bytes: Uint8Array, faults: FaultList): Generator<Uint8Array> {
  const reader = new BerkeleyReader(bytes, faults);
  if (reader.isReadable) yield* reader.eachHeader();
}

class BerkeleyReader {
  readonly isReadable: boolean;
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #faults: FaultList;
  readonly #isLittle: boolean;
  readonly #pageBytes: number;
  readonly #pageCount: number;
  /** Overflow pages that a chain has passed: each belongs to one chain, and a chain that leads back would never end. */
  readonly #taken: Uint8Array;

  constructor(bytes: Uint8Array, faults: FaultList) {
    this.#bytes = bytes;
    this.#view = viewOf(bytes);
    this.#faults = faults;
    this.#isLittle = this.#view.getUint32(MAGIC_AT, true) === HASH_MAGIC;
    this.#pageBytes = this.#u32(20);
    const isPower = (this.#pageBytes & (this.#pageBytes - 1)) === 0;
    const isEncrypted = bytes[24] !== 0;
    this.isReadable = isPower && this.#pageBytes >= MIN_PAGE_BYTES && this.#pageBytes <= MAX_PAGE_BYTES && !isEncrypted;
    if (!this.isReadable)
      faults.add(isEncrypted ? "the database is encrypted" : `pages of ${this.#pageBytes} bytes are not possible`);
    this.#pageCount = this.isReadable ? Math.floor(bytes.length / this.#pageBytes) : 0;
    this.#taken = new Uint8Array(this.#pageCount);
    const lastPage = this.#u32(32);
    if (this.isReadable && lastPage >= this.#pageCount)
      faults.add(`the database is truncated: ${this.#pageCount} of ${lastPage + 1} pages`);
  }

  *eachHeader(): Generator<Uint8Array> {
    for (let page = 1; page < this.#pageCount; page++) {
      const type = this.#bytes[page * this.#pageBytes + 25];
      if (type === Page.hash || type === Page.unsortedHash) yield* this.#eachInPage(page);
    }
  }

  /** Items are pairs of key and value. Record 0 is the number of the next record. */
  *#eachInPage(page: number): Generator<Uint8Array> {
    const start = page * this.#pageBytes;
    const count = this.#u16(start + 20);
    if (PAGE_HEADER_BYTES + 2 * count > this.#pageBytes) {
      this.#faults.add(`page ${page} claims ${count} items`);
      return;
    }
    for (let i = 0; i + 1 < count; i += 2) {
      const key = this.#inPage(start, i);
      const value = key && this.#value(start, i + 1);
      if (value === undefined) {
        this.#faults.add(`page ${page} has a damaged record`);
        // Without their order, items could overlap, and the output be longer than the file.
        if (!this.#isOrdered(start, i + 1)) return;
      } else if (!key!.every((byte) => byte === 0)) yield value;
    }
  }

  #isOrdered(start: number, item: number): boolean {
    const [before, key, value] = [item - 2, item - 1, item].map((i) => this.#endOf(start, i));
    return before! > key! && key! > value!;
  }

  /** Where the item after this one ends; the first ends with the page. */
  #endOf(start: number, item: number): number {
    return item < 0 ? this.#pageBytes : this.#u16(start + PAGE_HEADER_BYTES + 2 * item);
  }

  #value(start: number, item: number): Uint8Array | undefined {
    const at = this.#endOf(start, item);
    if (at >= this.#endOf(start, item - 1)) return undefined;
    if (this.#bytes[start + at] !== Item.offPage) return this.#inPage(start, item);
    if (at + OFF_PAGE_BYTES > this.#pageBytes) return undefined;
    return this.#chain(this.#u32(start + at + 4), this.#u32(start + at + 8));
  }

  /** An item's own bytes: they end where the previous item begins, since items are stored from the end of the page. */
  #inPage(start: number, item: number): Uint8Array | undefined {
    const at = this.#endOf(start, item);
    const end = this.#endOf(start, item - 1);
    if (at < PAGE_HEADER_BYTES || end > this.#pageBytes || at >= end) return undefined;
    return this.#bytes[start + at] === Item.inPage ? this.#bytes.subarray(start + at + 1, start + end) : undefined;
  }

  /** Pieces, not one buffer of the stated length: a thousand items could state the length of the whole file. */
  #chain(first: number, length: number): Uint8Array | undefined {
    const pieces: Uint8Array[] = [];
    let left = length;
    for (let page = first; left > 0; ) {
      const start = page * this.#pageBytes;
      if (page < 1 || page >= this.#pageCount || this.#taken[page] === 1) return undefined;
      this.#taken[page] = 1;
      const count = Math.min(this.#u16(start + 22), left);
      if (this.#bytes[start + 25] !== Page.overflow || count === 0) return undefined;
      if (PAGE_HEADER_BYTES + count > this.#pageBytes) return undefined;
      pieces.push(this.#bytes.subarray(start + PAGE_HEADER_BYTES, start + PAGE_HEADER_BYTES + count));
      left -= count;
      page = this.#u32(start + 16);
    }
    return pieces.length === 1 ? pieces[0] : Buffer.concat(pieces);
  }

  #u16(at: number): number {
    return this.#view.getUint16(at, this.#isLittle);
  }

  #u32(at: number): number {
    return this.#view.getUint32(at, this.#isLittle);
  }
}

function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}
