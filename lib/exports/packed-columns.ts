/** A column of a packed table. */
export type Column = Int32Array | Float32Array | Float64Array | Uint8Array;

/** Bytes before the head: its length. */
const HEAD_LENGTH = 8;
const ALIGNMENT = 8;
/** Ends each text of a text column: no text in a database contains it. */
const TEXT_END = "\0";

interface ColumnHead {
  readonly name: string;
  readonly bytes: number;
}

/**
 * A table of typed arrays as bytes, little-endian, for a browser, which reads 100,000 rows of it in milliseconds: the length of the
 * head, the head as JSON, then the columns, each at a multiple of 8. `about`: anything that is not a column.
 */
export function packColumns(about: unknown, columns: Readonly<Record<string, Column>>): Uint8Array<ArrayBuffer> {
  const bodies = Object.entries(columns).map(([name, { buffer, byteOffset, byteLength }]) => {
    return { name, body: new Uint8Array(buffer, byteOffset, byteLength) };
  });
  const listed = bodies.map(({ name, body }): ColumnHead => ({ name, bytes: body.byteLength }));
  const head = new TextEncoder().encode(JSON.stringify({ about, columns: listed }));
  const parts = [head, ...bodies.map(({ body }) => body)];
  const packed = new Uint8Array(parts.reduce((sum, { byteLength }) => sum + align(byteLength), HEAD_LENGTH));
  new DataView(packed.buffer).setUint32(0, head.byteLength, true);
  let at = HEAD_LENGTH;
  for (const part of parts) {
    packed.set(part, at);
    at += align(part.byteLength);
  }
  return packed;
}

/** A packed table. Its columns are views into its bytes. */
export class PackedColumns {
  readonly about: unknown;
  readonly #buffer: ArrayBuffer;
  readonly #places = new Map<string, { readonly at: number; readonly bytes: number }>();

  constructor(buffer: ArrayBuffer) {
    this.#buffer = buffer;
    const length = new DataView(buffer).getUint32(0, true);
    const text = new TextDecoder().decode(new Uint8Array(buffer, HEAD_LENGTH, length));
    const { about, columns }: { about: unknown; columns: ColumnHead[] } = JSON.parse(text);
    this.about = about;
    let at = HEAD_LENGTH + align(length);
    for (const { name, bytes } of columns) {
      this.#places.set(name, { at, bytes });
      at += align(bytes);
    }
  }

  int32(name: string): Int32Array {
    const { at, bytes } = this.#placeOf(name);
    return new Int32Array(this.#buffer, at, bytes / 4);
  }

  float32(name: string): Float32Array {
    const { at, bytes } = this.#placeOf(name);
    return new Float32Array(this.#buffer, at, bytes / 4);
  }

  float64(name: string): Float64Array {
    const { at, bytes } = this.#placeOf(name);
    return new Float64Array(this.#buffer, at, bytes / 8);
  }

  uint8(name: string): Uint8Array {
    const { at, bytes } = this.#placeOf(name);
    return new Uint8Array(this.#buffer, at, bytes);
  }

  texts(name: string): string[] {
    return new TextDecoder().decode(this.uint8(name)).split(TEXT_END).slice(0, -1);
  }

  #placeOf(name: string) {
    const place = this.#places.get(name);
    if (place === undefined) throw new Error(`no column ${name}`);
    return place;
  }
}

/** Texts as a column. */
export function textColumn(texts: Iterable<string>): Uint8Array {
  let joined = "";
  for (const text of texts) joined += text + TEXT_END;
  return new TextEncoder().encode(joined);
}

function align(length: number): number {
  return Math.ceil(length / ALIGNMENT) * ALIGNMENT;
}
