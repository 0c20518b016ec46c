type Column = Uint8Array | Uint16Array | Uint32Array | Int32Array | Float64Array;
type ColumnClass<T extends Column> = {
  new (buffer: ArrayBuffer, byteOffset?: number, length?: number): T;
  BYTES_PER_ELEMENT: number;
};

const FIRST_LENGTH = 1024;

/** A typed array that grows by doubling. `transfer` moves the buffer rather than copying it where the allocator can. */
export class GrowableColumn<T extends Column> {
  readonly #type: ColumnClass<T>;
  #column: T;

  constructor(type: ColumnClass<T>) {
    this.#type = type;
    this.#column = new type(new ArrayBuffer(FIRST_LENGTH * type.BYTES_PER_ELEMENT));
  }

  get column(): T {
    return this.#column;
  }

  /** Makes room for rows `0 … length - 1`; `column` may be another one afterwards. */
  reserve(length: number): T {
    if (length > this.#column.length) this.#resize(Math.max(length, 2 * this.#column.length));
    return this.#column;
  }

  set(row: number, value: number): void {
    this.reserve(row + 1)[row] = value;
  }

  /** The first `length` rows in a buffer of just that length. The growable column is spent. */
  finish(length: number): T {
    this.#resize(length);
    return this.#column;
  }

  #resize(length: number): void {
    const buffer = this.#column.buffer as ArrayBuffer;
    this.#column = new this.#type(buffer.transfer(length * this.#type.BYTES_PER_ELEMENT));
  }
}
