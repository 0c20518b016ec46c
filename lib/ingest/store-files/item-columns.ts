import type { EntryKind } from "#lib/model/layer.ts";
import type { ItemEntries } from "#lib/model/store-files.ts";
import { finishColumns, GrowableColumn, openColumns } from "../layers/growable.ts";
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
const COLUMNS = {
  kind: Uint8Array,
  executable: Uint8Array,
  byteCount: Float64Array,
  content: Int32Array,
  pathStart: Uint32Array,
  targetStart: Uint32Array,
};

/** Builds `ItemEntries` row by row. The rows of an item that turns out bad are dropped again. */
export class ItemColumns {
  count = 0;
  #nameBytes = 0;
  readonly #columns = openColumns(COLUMNS, MAX_NAMES_PER_PART + 1);
  readonly #names = new GrowableColumn(Uint8Array, MAX_NAME_BYTES_PER_SCAN);

  add({ kind, path, target, executable, byteCount }: ItemRow): void {
    const i = this.count++;
    const columns = this.#columns;
    columns.kind.set(i, kind);
    columns.executable.set(i, executable ? 1 : 0);
    columns.byteCount.set(i, byteCount);
    columns.content.set(i, NO_CONTENT);
    columns.pathStart.set(i, this.#nameBytes);
    this.#addName(path);
    columns.targetStart.set(i, this.#nameBytes);
    this.#addName(target);
  }

  /** The content of the last row added. */
  setContent(content: number): void {
    this.#columns.content.set(this.count - 1, content);
  }

  /** Drops all rows from this one on. */
  truncate(count: number): void {
    if (count === this.count) return;
    this.#nameBytes = this.#columns.pathStart.column[count]!;
    this.count = count;
  }

  finish(): ItemEntries {
    const { count } = this;
    const { pathStart, ...columns } = this.#columns;
    pathStart.set(count, this.#nameBytes);
    return {
      count,
      ...finishColumns<Omit<typeof COLUMNS, "pathStart">>(columns, count),
      pathStart: pathStart.finish(count + 1),
      names: this.#names.finish(this.#nameBytes),
    };
  }

  #addName(name: Uint8Array): void {
    const end = this.#nameBytes + name.length;
    this.#names.reserve(end).set(name, this.#nameBytes);
    this.#nameBytes = end;
  }
}
