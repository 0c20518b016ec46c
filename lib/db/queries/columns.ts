import { toSafeInteger } from "./queryable.ts";

/** A bytea of little-endian 32-bit integers as a separate typed array. */
export function int32Column(bytes: Buffer): Int32Array {
  // Copied: a row's buffer is a view into the driver's buffer, at an offset that may not be a multiple of four.
  const aligned = Uint8Array.from(bytes);
  return new Int32Array(aligned.buffer, 0, aligned.byteLength >> 2);
}

/** A bytea of little-endian single-precision numbers as a separate typed array. */
export function float32Column(bytes: Buffer): Float32Array {
  const aligned = Uint8Array.from(bytes);
  return new Float32Array(aligned.buffer, 0, aligned.byteLength >> 2);
}

/** A bytea of little-endian doubles as a separate typed array. */
export function float64Column(bytes: Buffer): Float64Array {
  const aligned = Uint8Array.from(bytes);
  return new Float64Array(aligned.buffer, 0, aligned.byteLength >> 3);
}

/** A bytea of big-endian 32-bit integers, as `int4send` writes them. */
export function int4Column(bytes: Buffer): Int32Array {
  const column = new Int32Array(bytes.length >> 2);
  for (let i = 0; i < column.length; i++) column[i] = bytes.readInt32BE(4 * i);
  return column;
}

/** A bytea of big-endian 64-bit integers, as `int8send` writes them, as numbers. */
export function int8Column(bytes: Buffer): Float64Array {
  const column = new Float64Array(bytes.length >> 3);
  for (let i = 0; i < column.length; i++) column[i] = readInt8(bytes, 8 * i);
  return column;
}

/** One such integer. Throws a RangeError beyond 2^53 − 1. */
export function readInt8(bytes: Buffer, at: number): number {
  return toSafeInteger(bytes.readInt32BE(at) * 2 ** 32 + bytes.readUInt32BE(at + 4));
}

/** The row of each layer's first entry, with rows numbered through all layers, bottom first; and the number of all rows. */
export function firstRows(layers: readonly { readonly entryCount: number }[]): Int32Array {
  const rows = new Int32Array(layers.length + 1);
  for (const [i, { entryCount }] of layers.entries()) rows[i + 1] = rows[i]! + entryCount;
  return rows;
}

/** Rows numbered through all layers → the layer's position and the row in it. */
export function splitRows(
  rows: Int32Array,
  layers: readonly { readonly entryCount: number }[],
): { layer: Int32Array; entry: Int32Array } {
  const first = firstRows(layers);
  const layer = new Int32Array(rows.length);
  const entry = new Int32Array(rows.length);
  let at = 0;
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    // Neighbours mostly share a layer: try the last one before searching from the lowest.
    if (row < first[at]!) at = 0;
    while (at + 1 < layers.length && row >= first[at + 1]!) at++;
    layer[i] = at;
    entry[i] = row - first[at]!;
  }
  return { layer, entry };
}
