import type { EntryKind } from "#lib/model/layer.ts";
import type { ItemEntries } from "#lib/model/store-files.ts";
import { GrowableColumn } from "../layers/growable.ts";
import { MAX_NAME_BYTES_PER_SCAN, MAX_NAMES_PER_PART } from "./limits.ts";

/** A row of `ItemEntries` to be added; `path` and `target` are copied. */
export interface ItemRow {
  readonly kind: EntryKind;
  readonly path: Uint8Array;
  readonly target: Uint8Array;
  readonly executable: boolean;
  readonly byteCount: number;
}

const NO_CONTENT = -1;

/** Builds `ItemEntries` row by row. The rows of an item that turns out bad are dropped again. */
export class ItemColumns {
  count = 0;
  #nameBytes = 0;
  readonly #kind = new GrowableColumn(Uint8Array, MAX_NAMES_PER_PART);
  readonly #executable = new GrowableColumn(Uint8Array, MAX_NAMES_PER_PART);
  readonly #byteCount = new GrowableColumn(Float64Array, MAX_NAMES_PER_PART);
  readonly #content = new GrowableColumn(Int32Array, MAX_NAMES_PER_PART);
  readonly #pathStart = new GrowableColumn(Uint32Array, MAX_NAMES_PER_PART + 1);
  readonly #targetStart = new GrowableColumn(Uint32Array, MAX_NAMES_PER_PART);
  readonly #names = new GrowableColumn(Uint8Array, MAX_NAME_BYTES_PER_SCAN);

  add({ kind, path, target, executable, byteCount }: ItemRow): void {
    const i = this.count++;
    this.#kind.set(i, kind);
    this.#executable.set(i, executable ? 1 : 0);
    this.#byteCount.set(i, byteCount);
    this.#content.set(i, NO_CONTENT);
    this.#pathStart.set(i, this.#nameBytes);
    this.#addName(path);
    this.#targetStart.set(i, this.#nameBytes);
    this.#addName(target);
  }

  /** The content of the last row added. */
  setContent(content: number): void {
    this.#content.set(this.count - 1, content);
  }

  /** Drops all rows from this one on. */
  truncate(count: number): void {
    if (count === this.count) return;
    this.#nameBytes = this.#pathStart.column[count]!;
    this.count = count;
  }

  /** The finished columns, each in a separate buffer that can be transferred. */
  finish(): ItemEntries {
    const { count } = this;
    this.#pathStart.set(count, this.#nameBytes);
    return {
      count,
      kind: this.#kind.finish(count),
      executable: this.#executable.finish(count),
      byteCount: this.#byteCount.finish(count),
      content: this.#content.finish(count),
      pathStart: this.#pathStart.finish(count + 1),
      targetStart: this.#targetStart.finish(count),
      names: this.#names.finish(this.#nameBytes),
    };
  }

  #addName(name: Uint8Array): void {
    const end = this.#nameBytes + name.length;
    this.#names.reserve(end).set(name, this.#nameBytes);
    this.#nameBytes = end;
  }
}
