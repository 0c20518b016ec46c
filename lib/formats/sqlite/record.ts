/** A requested column: its position in the table, and the type to read it as. */
export interface ColumnWanted {
  readonly position: number;
  /** `rowid`: a count, and the row's own number if the record has NULL, as for an `integer primary key`. */
  readonly as: "text" | "bytes" | "count" | "rowid";
  /** Maximum length of text or bytes that are loaded, in bytes. */
  readonly maxBytes?: number;
}

/** Text, bytes of its own, a safe integer ≥ 0, null for NULL, and `undefined` for any other value. */
export type Cell = string | Uint8Array | number | null | undefined;

/** A variable-length integer (fileformat2.html#varint), and its length in bytes: 1 to 9. */
interface Varint {
  /** Exact up to 2^53; larger or negative values exceed every limit. */
  readonly value: number;
  readonly byteCount: number;
}

/** Reads a varint of up to 9 bytes; a truncated one counts as far as it goes. */
export function readVarint(bytes: DataView, at: number): Varint {
  let value = 0;
  for (let i = 0; i < 8; i++) {
    if (at + i >= bytes.byteLength) return { value: Number.POSITIVE_INFINITY, byteCount: i };
    const byte = bytes.getUint8(at + i);
    value = value * 128 + (byte & 0x7f);
    if (byte < 0x80) return { value, byteCount: i + 1 };
  }
  const isWhole = at + 8 < bytes.byteLength;
  if (!isWhole) return { value: Number.POSITIVE_INFINITY, byteCount: 8 };
  return { value: value * 256 + bytes.getUint8(at + 8), byteCount: 9 };
}

/**
 * The requested columns of a record (fileformat2.html#record_format). `record` may be the beginning of a longer one: a value
 * beyond it is `undefined`, as is one of another type. A record that ends before a column has NULL there: the column was added to
 * the table later.
 */
export function decodeRecord(record: DataView, rowId: number, wanted: readonly ColumnWanted[]): Cell[] {
  const { value: headerLength, byteCount } = readVarint(record, 0);
  const cells: Cell[] = new Array<Cell>(wanted.length).fill(null);
  let at = byteCount;
  let body = headerLength;
  for (let position = 0; at < headerLength && at < record.byteLength; position++) {
    const type = readVarint(record, at);
    at += type.byteCount;
    const byteCount = valueLength(type.value);
    for (let i = 0; i < wanted.length; i++) {
      const column = wanted[i]!;
      if (column.position === position)
        cells[i] = decodeValue(record, { type: type.value, at: body, byteCount, column });
    }
    body += byteCount;
  }
  for (let i = 0; i < wanted.length; i++) if (wanted[i]!.as === "rowid") cells[i] ??= toCount(rowId);
  return cells;
}

/** Bytes of a value of this serial type. */
function valueLength(type: number): number {
  if (type >= 12) return Math.floor((type - 12) / 2);
  return [0, 1, 2, 3, 4, 6, 8, 8, 0, 0, 0, 0][type] ?? 0;
}

function decodeValue(
  record: DataView,
  value: { type: number; at: number; byteCount: number; column: ColumnWanted },
): Cell {
  const { type, at, byteCount, column } = value;
  if (type === 0) return null;
  if (at + byteCount > record.byteLength) return undefined;
  if (column.as !== "text" && column.as !== "bytes") return decodeCount(record, type, at);
  const isWanted = type >= 12 && (type % 2 === 1) === (column.as === "text") && byteCount <= (column.maxBytes ?? 0);
  if (!isWanted) return undefined;
  const bytes = Buffer.from(record.buffer, record.byteOffset + at, byteCount);
  return column.as === "text" ? bytes.toString("utf8") : Uint8Array.from(bytes);
}

function decodeCount(record: DataView, type: number, at: number): number | undefined {
  if (type === 8 || type === 9) return type - 8;
  if (type === 1) return toCount(record.getInt8(at));
  if (type === 2) return toCount(record.getInt16(at));
  if (type === 3) return toCount(record.getInt8(at) * 2 ** 16 + record.getUint16(at + 1));
  if (type === 4) return toCount(record.getInt32(at));
  if (type === 5) return toCount(record.getInt16(at) * 2 ** 32 + record.getUint32(at + 2));
  return type === 6 ? toCount(Number(record.getBigInt64(at))) : undefined;
}

function toCount(value: number): number | undefined {
  return Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}
