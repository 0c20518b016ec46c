import type { TarEntry } from "#lib/formats/tar/index.ts";
import type { LayerEntries } from "#lib/model/layer.ts";
import { finishColumns, GrowableColumn, openColumns } from "./growable.ts";
import { MAX_ENTRIES_PER_SCAN, MAX_NAME_BYTES_PER_SCAN } from "./limits.ts";

const PERMISSION_BITS = 0o7777;
const NO_CONTENT = -1;
const COLUMNS = {
  kind: Uint8Array,
  mode: Uint16Array,
  uid: Uint32Array,
  gid: Uint32Array,
  contentSize: Float64Array,
  mtime: Float64Array,
  content: Int32Array,
  pathStart: Uint32Array,
  pathEnd: Uint32Array,
  linkStart: Uint32Array,
  linkEnd: Uint32Array,
};

/** Builds `LayerEntries` row by row. */
export class EntryColumns {
  count = 0;
  #nameBytes = 0;
  readonly #columns = openColumns(COLUMNS, MAX_ENTRIES_PER_SCAN);
  readonly #names = new GrowableColumn(Uint8Array, MAX_NAME_BYTES_PER_SCAN);

  /** Adds a copy of the entry and returns its row. */
  add(entry: TarEntry): number {
    const columns = this.#columns;
    const i = this.count++;
    columns.kind.set(i, entry.kind);
    columns.mode.set(i, entry.mode & PERMISSION_BITS);
    columns.uid.set(i, toUint32(entry.uid));
    columns.gid.set(i, toUint32(entry.gid));
    columns.contentSize.set(i, entry.byteCount);
    columns.mtime.set(i, toSafeInteger(entry.mtime));
    columns.content.set(i, NO_CONTENT);
    columns.pathStart.set(i, this.#nameBytes);
    columns.pathEnd.set(i, this.#addName(entry.path));
    columns.linkStart.set(i, this.#nameBytes);
    columns.linkEnd.set(i, this.#addName(entry.link));
    return i;
  }

  setContent(row: number, content: number): void {
    this.#columns.content.set(row, content);
  }

  finish(): LayerEntries {
    const { count } = this;
    return {
      count,
      ...finishColumns<typeof COLUMNS>(this.#columns, count),
      names: this.#names.finish(this.#nameBytes),
    };
  }

  #addName(name: Uint8Array): number {
    const end = this.#nameBytes + name.length;
    this.#names.reserve(end).set(name, this.#nameBytes);
    this.#nameBytes = end;
    return end;
  }
}

/** Ids are 32 bits in Linux; base-256 fields may contain anything. */
function toUint32(id: number): number {
  return Math.min(Math.max(id, 0), 2 ** 32 - 1);
}

function toSafeInteger(seconds: number): number {
  return Math.min(Math.max(seconds, Number.MIN_SAFE_INTEGER), Number.MAX_SAFE_INTEGER);
}
