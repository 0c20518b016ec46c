import type { EntryKind, LayerEntries } from "#lib/model/layer.ts";
import { GrowableColumn } from "./growable.ts";
import { MAX_ENTRIES_PER_SCAN, MAX_NAME_BYTES_PER_SCAN } from "./limits.ts";

/** A row of `LayerEntries` to be added; `path` and `link` are copied. */
export interface EntryRow {
  readonly kind: EntryKind;
  readonly path: Uint8Array;
  readonly link: Uint8Array;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly mtime: number;
  readonly contentSize: number;
}

const PERMISSION_BITS = 0o7777;
const NO_CONTENT = -1;

/** Builds `LayerEntries` row by row. */
export class EntryColumns {
  count = 0;
  #nameBytes = 0;
  readonly #kind = new GrowableColumn(Uint8Array, MAX_ENTRIES_PER_SCAN);
  readonly #mode = new GrowableColumn(Uint16Array, MAX_ENTRIES_PER_SCAN);
  readonly #uid = new GrowableColumn(Uint32Array, MAX_ENTRIES_PER_SCAN);
  readonly #gid = new GrowableColumn(Uint32Array, MAX_ENTRIES_PER_SCAN);
  readonly #contentSize = new GrowableColumn(Float64Array, MAX_ENTRIES_PER_SCAN);
  readonly #mtime = new GrowableColumn(Float64Array, MAX_ENTRIES_PER_SCAN);
  readonly #content = new GrowableColumn(Int32Array, MAX_ENTRIES_PER_SCAN);
  readonly #pathStart = new GrowableColumn(Uint32Array, MAX_ENTRIES_PER_SCAN);
  readonly #pathEnd = new GrowableColumn(Uint32Array, MAX_ENTRIES_PER_SCAN);
  readonly #linkStart = new GrowableColumn(Uint32Array, MAX_ENTRIES_PER_SCAN);
  readonly #linkEnd = new GrowableColumn(Uint32Array, MAX_ENTRIES_PER_SCAN);
  readonly #names = new GrowableColumn(Uint8Array, MAX_NAME_BYTES_PER_SCAN);

  /** Returns the new row's index. */
  add(row: EntryRow): number {
    const i = this.count++;
    this.#kind.set(i, row.kind);
    this.#mode.set(i, row.mode & PERMISSION_BITS);
    this.#uid.set(i, toUint32(row.uid));
    this.#gid.set(i, toUint32(row.gid));
    this.#contentSize.set(i, row.contentSize);
    this.#mtime.set(i, toSafeInteger(row.mtime));
    this.#content.set(i, NO_CONTENT);
    this.#pathStart.set(i, this.#nameBytes);
    this.#pathEnd.set(i, this.#addName(row.path));
    this.#linkStart.set(i, this.#nameBytes);
    this.#linkEnd.set(i, this.#addName(row.link));
    return i;
  }

  setContent(row: number, content: number): void {
    this.#content.set(row, content);
  }

  path(row: number): Uint8Array {
    return this.#names.column.subarray(this.#pathStart.column[row], this.#pathEnd.column[row]);
  }

  /** The finished columns, each in a separate buffer that can be transferred. */
  finish(): LayerEntries {
    const count = this.count;
    return {
      count,
      kind: this.#kind.finish(count),
      mode: this.#mode.finish(count),
      uid: this.#uid.finish(count),
      gid: this.#gid.finish(count),
      contentSize: this.#contentSize.finish(count),
      mtime: this.#mtime.finish(count),
      content: this.#content.finish(count),
      pathStart: this.#pathStart.finish(count),
      pathEnd: this.#pathEnd.finish(count),
      linkStart: this.#linkStart.finish(count),
      linkEnd: this.#linkEnd.finish(count),
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
