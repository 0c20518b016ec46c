import { createHash } from "node:crypto";
import { BLOCK_BYTES } from "#lib/formats/tar/index.ts";
import { GrowableColumn } from "#lib/ingest/layers/growable.ts";
import { InputError } from "#lib/model/problem.ts";
import { FACT_BYTES } from "./member-facts.ts";

/** Rows of a table of units: the entries of the largest image, and as many again in all others of a set. */
export const MAX_UNITS = 2_400_000;

/** An entry of a layer: the position of the layer among all layers read, and its row there. */
export interface EntryPlace {
  readonly layer: number;
  readonly entry: number;
}

/** A file with its names. */
interface Unit {
  /** The entry with the body and attributes. */
  readonly origin: EntryPlace;
  /** Its own name is not visible, only links are. */
  readonly isHidden: boolean;
  readonly links: readonly EntryPlace[];
  /** Of the body; 0 except for files. */
  readonly bytes: number;
}

/**
 * What layers are made of: a file, symlink, device or directory with its names, attributes and content. Equal ones of several images
 * are one unit. Hard links of one body are one unit, because they have to stay in one layer.
 */
export class UnitTable {
  readonly #rows = new Map<string, number>();
  readonly #keys: string[] = [];
  readonly #layer = new GrowableColumn(Int32Array, MAX_UNITS);
  readonly #entry = new GrowableColumn(Int32Array, MAX_UNITS);
  readonly #bytes = new GrowableColumn(Float64Array, MAX_UNITS);
  readonly #links = new Map<number, readonly EntryPlace[]>();
  readonly #hidden = new Set<number>();
  readonly #plain = new Map<number, string>();

  get count(): number {
    return this.#keys.length;
  }

  /** The row of the unit with this key; `unit` is kept if it is new. Throws InputError. */
  add(key: string, { origin, isHidden, links, bytes }: Unit): number {
    const known = this.#rows.get(key);
    if (known !== undefined) return known;
    if (this.count === MAX_UNITS) {
      throw new InputError("limit-exceeded", "", `more than ${MAX_UNITS} different files in one set`);
    }
    const row = this.#keys.push(key) - 1;
    this.#rows.set(key, row);
    this.#layer.set(row, origin.layer);
    this.#entry.set(row, origin.entry);
    this.#bytes.set(row, bytes);
    if (links.length > 0) this.#links.set(row, links);
    if (isHidden) this.#hidden.add(row);
    return row;
  }

  /** The row of a directory that no entry made. */
  addPlain(path: string): number {
    const key = createHash("sha256").update(path).digest().toString("latin1", 0, FACT_BYTES);
    const known = this.#rows.get(key);
    if (known !== undefined) return known;
    const row = this.add(key, { origin: { layer: -1, entry: -1 }, isHidden: false, links: [], bytes: 0 });
    this.#plain.set(row, path);
    return row;
  }

  /** The path of a directory that no entry made; `undefined` for all other units. */
  plainPath(row: number): string | undefined {
    return this.#plain.get(row);
  }

  keyOf(row: number): string {
    return this.#keys[row]!;
  }

  /** The entry with the body and attributes. */
  placeOf(row: number): EntryPlace {
    return { layer: this.#layer.column[row]!, entry: this.#entry.column[row]! };
  }

  /** The entries with its names. */
  namesOf(row: number): readonly EntryPlace[] {
    const links = this.#links.get(row) ?? [];
    return this.#hidden.has(row) ? links : [this.placeOf(row), ...links];
  }

  /** Bytes of the body; 0 except for files. */
  bodyBytes(row: number): number {
    return this.#bytes.column[row]!;
  }

  /** Bytes of all bodies: those of distinct files with all their names and attributes. */
  sumBodies(): number {
    let sum = 0;
    for (let row = 0; row < this.count; row++) sum += this.bodyBytes(row);
    return sum;
  }

  /** Bytes in a tar: body, padding, and a header block for each name. */
  tarBytes(): Float64Array {
    return Float64Array.from({ length: this.count }, (_, row) => {
      return BLOCK_BYTES * (this.namesOf(row).length + Math.ceil(this.bodyBytes(row) / BLOCK_BYTES));
    });
  }
}
