import { HashPartScanner, writeReferences } from "#lib/formats/store-references/index.ts";
import { type LayerDocument, WHOLE_LAYER } from "#lib/model/layer.ts";
import type { Problem } from "#lib/model/problem.ts";
import { GrowableColumn } from "./growable.ts";

/** Distinct texts of one layer that could be hash parts. A layer of a thousand store items has some 5,000. */
export const MAX_HASH_PARTS_PER_LAYER = 128 * 1024;

/** Files and hash parts in them, as pairs, in one layer. */
export const MAX_REFERENCES_PER_LAYER = 1024 ** 2;

/**
 * Windows inside longer runs of the alphabet that are looked at in one layer, and how many of them are kept if they are distinct.
 * References are never there, but the stores would find one. A gigabyte of Debian's libraries has 85,000, of which 14,000 are distinct;
 * the digits of π have nothing else.
 */
export const MAX_INNER_WINDOWS_PER_LAYER = 1024 ** 2;
export const MAX_INNER_HASH_PARTS_PER_LAYER = 64 * 1024;

const STORES = ["nix/store/", "gnu/store/"].map((path) => Buffer.from(path));
/** Of the directory of a store, a hash part and a dash. */
const ITEM_PREFIX_BYTES = STORES[0]!.length + 33;
const DASH = 0x2d;

/** Collects what could be references in the files of store items, while the bodies of a layer go by. Other files cost nothing. */
export class ReferenceReader {
  readonly #scanner = new HashPartScanner((hashPart, isInner) => this.#add(hashPart, isInner));
  readonly #indexes = new Map<string, number>();
  /** By hash part, the last file that had it. */
  readonly #lastFile = new GrowableColumn(Int32Array, MAX_HASH_PARTS_PER_LAYER);
  readonly #rows: number[] = [];
  readonly #start: number[] = [0];
  readonly #parts: number[] = [];
  #isOpen = false;
  #innerWindows = 0;
  #isCut = false;

  start(path: Uint8Array): void {
    this.#isOpen = path.length > ITEM_PREFIX_BYTES && path[ITEM_PREFIX_BYTES - 1] === DASH && isInStore(path);
  }

  push(piece: Uint8Array): void {
    if (this.#isOpen) this.#scanner.push(piece);
  }

  end(row: number): void {
    if (!this.#isOpen) return;
    this.#scanner.end();
    this.#isOpen = false;
    if (this.#parts.length === this.#start.at(-1)) return;
    this.#rows.push(row);
    this.#start.push(this.#parts.length);
  }

  /** `keep`: whether a document of this many bytes may be kept. */
  finish(keep: (byteCount: number) => boolean): { documents: LayerDocument[]; problems: Problem[] } {
    const documents: LayerDocument[] = [];
    if (this.#rows.length > 0) {
      const columns = { rows: this.#rows, start: this.#start, parts: this.#parts };
      const body = writeReferences({ hashParts: [...this.#indexes.keys()], ...columns });
      if (keep(body.length)) documents.push({ entry: WHOLE_LAYER, body });
      else this.#isCut = true;
    }
    return { documents, problems: this.#isCut ? [tooMany()] : [] };
  }

  #add(hashPart: string, isInner: boolean): void {
    if (isInner && this.#innerWindows++ >= MAX_INNER_WINDOWS_PER_LAYER) this.#isCut = true;
    else {
      const index = this.#indexOf(hashPart, isInner ? MAX_INNER_HASH_PARTS_PER_LAYER : MAX_HASH_PARTS_PER_LAYER);
      if (index === undefined || this.#parts.length === MAX_REFERENCES_PER_LAYER) this.#isCut = true;
      else this.#addPart(index);
    }
  }

  #addPart(index: number): void {
    const file = this.#start.length;
    if (this.#lastFile.column[index] === file) return;
    this.#lastFile.set(index, file);
    this.#parts.push(index);
  }

  /** `undefined` for a new one if there are this many already. */
  #indexOf(hashPart: string, maxCount: number): number | undefined {
    const known = this.#indexes.get(hashPart);
    if (known !== undefined || this.#indexes.size >= maxCount) return known;
    const index = this.#indexes.size;
    this.#indexes.set(hashPart, index);
    this.#lastFile.set(index, 0);
    return index;
  }
}

function isInStore(path: Uint8Array): boolean {
  return STORES.some((store) => store.equals(path.subarray(0, store.length)));
}

function tooMany(): Problem {
  const message = "store items may have references that are not known: the layer has too many texts that look like one";
  return { code: "limit-exceeded", severity: "warning", source: "", path: "", message };
}
