type Column = Uint8Array | Uint16Array | Uint32Array | Int32Array | Float64Array;
type ColumnClass<T extends Column> = {
  new (buffer: ArrayBuffer, byteOffset?: number, length?: number): T;
  BYTES_PER_ELEMENT: number;
};

/** Bytes by which a column grows: whole pages, and few steps. */
const STEP_BYTES = 256 * 1024;

/**
 * A typed array that grows in place: its buffer only reserves address space for `maxLength` rows, and memory is committed as it
 * fills. Growing by doubling would need up to three times the bytes of a column while it is copied.
 */
export class GrowableColumn<T extends Column> {
  readonly #type: ColumnClass<T>;
  readonly #buffer: ArrayBuffer;
  #column: T;
  #length = 0;

  constructor(type: ColumnClass<T>, maxLength: number) {
    this.#type = type;
    this.#buffer = new ArrayBuffer(0, { maxByteLength: maxLength * type.BYTES_PER_ELEMENT });
    this.#column = new type(this.#buffer);
  }

  get column(): T {
    return this.#column;
  }

  /** Makes room for rows `0 … length - 1`, up to `maxLength`. */
  reserve(length: number): T {
    if (length > this.#length) this.#grow(length * this.#type.BYTES_PER_ELEMENT);
    return this.#column;
  }

  set(row: number, value: number): void {
    this.reserve(row + 1)[row] = value;
  }

  /** The first `length` rows in a buffer of exactly that length. The growable column is spent. */
  finish(length: number): T {
    this.#buffer.resize(length * this.#type.BYTES_PER_ELEMENT);
    this.#column = new this.#type(this.#buffer.transferToFixedLength());
    return this.#column;
  }

  #grow(byteLength: number): void {
    const stepped = Math.ceil(byteLength / STEP_BYTES) * STEP_BYTES;
    this.#buffer.resize(Math.min(stepped, this.#buffer.maxByteLength));
    this.#column = new this.#type(this.#buffer);
    this.#length = this.#column.length;
  }
}

type ColumnTypes = Readonly<Record<string, ColumnClass<Column>>>;
type Columns<T extends ColumnTypes> = { readonly [K in keyof T]: GrowableColumn<InstanceType<T[K]>> };

/** Empty columns of these types, for up to `maxLength` rows each. */
export function openColumns<T extends ColumnTypes>(types: T, maxLength: number): Columns<T> {
  const columns = Object.entries(types).map(([name, type]) => [name, new GrowableColumn(type, maxLength)]);
  return Object.fromEntries(columns) as Columns<T>;
}

/** The first `length` rows of each, in separate buffers that can be transferred. */
export function finishColumns<T extends ColumnTypes>(columns: Columns<T>, length: number) {
  const finished = Object.entries(columns).map(([name, column]) => [name, column.finish(length)]);
  return Object.fromEntries(finished) as { readonly [K in keyof T]: InstanceType<T[K]> };
}
