import { InputError } from "#lib/model/problem.ts";
import type { Pages } from "./open-pages.ts";
import { type Cell, type ColumnWanted, decodeRecord, readVarint } from "./record.ts";

/** The b-tree pages of a table (fileformat2.html#b_tree_pages): the first byte. */
const LEAF = 0x0d;
const INTERIOR = 0x05;
/** Page 1 begins with the database's header. */
const FIRST_PAGE_OFFSET = 100;
/** Bytes read of one record, unless the query wants more: several times the size of a store's rows. */
const MAX_RECORD_BYTES = 65_536;

/** A table's rows, and the columns to read. */
export interface TableQuery {
  readonly rootPage: number;
  /** The table's name in messages. */
  readonly table: string;
  readonly columns: readonly ColumnWanted[];
  /** Maximum number of rows read, whether kept or not. */
  readonly maxRows: number;
  /** Bytes read of one record; columns beyond them are `undefined`. */
  readonly maxRecordBytes?: number;
}

/**
 * The rows of a table in the order of their row ids, one leaf page at a time. Every page is read once and the cells of a page do
 * not overlap, so the output is bounded by the size of the file: a tree may be built to lead to one page ten thousand times.
 * Throws `InputError` (`bad-database`, `limit-exceeded`).
 */
export function* walkTable(pages: Pages, query: TableQuery): Generator<Cell[][]> {
  const ahead = [query.rootPage];
  let rowCount = 0;
  for (let number = ahead.pop(); number !== undefined; number = ahead.pop()) {
    const page = readTreePage(pages, number, query.table);
    if (page.type === INTERIOR) ahead.push(...listChildren(page).reverse());
    else rowCount += page.cellCount;
    // Each remaining page has at least one row.
    if (rowCount + ahead.length > query.maxRows)
      throw new InputError("limit-exceeded", query.table, `more than ${query.maxRows} rows`);
    if (page.type === LEAF) yield readLeaf(pages, page, query);
  }
}

interface TreePage {
  readonly view: DataView;
  readonly type: number;
  readonly cellCount: number;
  /** The offset of the cell pointers; the last child of an interior page is right before them. */
  readonly pointersAt: number;
  readonly table: string;
}

function readTreePage(pages: Pages, number: number, table: string): TreePage {
  const view = pages.take(number, "tree");
  const at = number === 1 ? FIRST_PAGE_OFFSET : 0;
  const type = view.getUint8(at);
  if (type !== LEAF && type !== INTERIOR) throw damaged(table, `page ${number} is not a table page`);
  const cellCount = view.getUint16(at + 3);
  const pointersAt = at + (type === LEAF ? 8 : 12);
  if (pointersAt + 2 * cellCount > pages.usableLength) throw damaged(table, `page ${number} claims ${cellCount} cells`);
  return { view, type, cellCount, pointersAt, table };
}

/** At most 32,764, the cells of a page. */
function listChildren({ view, cellCount, pointersAt, table }: TreePage): number[] {
  const children: number[] = [];
  for (let i = 0; i < cellCount; i++) {
    const at = view.getUint16(pointersAt + 2 * i);
    if (at + 4 > view.byteLength) throw damaged(table, "a cell is outside its page");
    children.push(view.getUint32(at));
  }
  children.push(view.getUint32(pointersAt - 4));
  return children;
}

function readLeaf(pages: Pages, page: TreePage, { columns, maxRecordBytes = MAX_RECORD_BYTES }: TableQuery): Cell[][] {
  const { view, cellCount, pointersAt, table } = page;
  const rows: Cell[][] = [];
  let free = pages.usableLength;
  for (let i = 0; i < cellCount; i++) {
    const cell = readCell(pages, page, { at: view.getUint16(pointersAt + 2 * i), maxRecordBytes });
    free -= cell.byteCount;
    if (free < 0) throw damaged(table, "cells overlap");
    rows.push(decodeRecord(cell.record, cell.rowId, columns));
  }
  return rows;
}

/** One row's cell; `byteCount` is its length in the page. */
function readCell(pages: Pages, { view, table }: TreePage, where: { at: number; maxRecordBytes: number }) {
  const { at, maxRecordBytes } = where;
  const payload = readVarint(view, at);
  const rowId = readVarint(view, at + payload.byteCount);
  const start = at + payload.byteCount + rowId.byteCount;
  const local = localLength(payload.value, pages.usableLength);
  const isWhole = local === payload.value;
  const end = start + local + (isWhole ? 0 : 4);
  if (end > pages.usableLength) throw damaged(table, "a cell is outside its page");
  const record = new DataView(view.buffer, view.byteOffset + start, local);
  const rest = { record, length: payload.value, table, maxRecordBytes };
  return {
    record: isWhole ? record : readOverflow(pages, { ...rest, next: view.getUint32(end - 4) }),
    rowId: rowId.value,
    byteCount: end - at,
  };
}

/** Bytes of a payload that are in the leaf (fileformat2.html#cell_payload_overflow_pages). */
function localLength(length: number, usableLength: number): number {
  const most = usableLength - 35;
  if (length <= most) return length;
  const least = Math.floor(((usableLength - 12) * 32) / 255) - 23;
  const kept = least + ((length - least) % (usableLength - 4));
  return kept <= most ? kept : least;
}

/** The beginning of a record that continues in other pages. */
function readOverflow(
  pages: Pages,
  rest: { record: DataView; length: number; next: number; table: string; maxRecordBytes: number },
): DataView {
  const { record, length, next, table, maxRecordBytes } = rest;
  if (length > 2 ** 31) throw damaged(table, `a record of ${length} bytes`);
  const whole = new Uint8Array(Math.max(record.byteLength, Math.min(length, maxRecordBytes)));
  whole.set(new Uint8Array(record.buffer, record.byteOffset, record.byteLength));
  let filled = record.byteLength;
  for (let number = next; filled < whole.length; ) {
    const page = pages.take(number, "overflow");
    const count = Math.min(whole.length - filled, pages.usableLength - 4);
    whole.set(new Uint8Array(page.buffer, page.byteOffset + 4, count), filled);
    filled += count;
    number = page.getUint32(0);
  }
  return new DataView(whole.buffer);
}

function damaged(table: string, what: string): InputError {
  return new InputError("bad-database", table, `the database is damaged: ${what}`);
}
