import { toPlace } from "#lib/formats/tar/index.ts";
import { InputError } from "#lib/model/problem.ts";

/** Bytes of a character in memory at most. */
const CHARACTER_BYTES = 2;

/** The extended attributes of one layer. */
export class XattrRecorder {
  /** By the entry's row. */
  readonly byRow = new Map<number, ReadonlyMap<string, string>>();
  readonly #keep: (byteCount: number) => boolean;

  /** `keep`: charges bytes, if they may still be kept. */
  constructor(keep: (byteCount: number) => boolean) {
    this.#keep = keep;
  }

  /** Throws InputError `limit-exceeded`: an image without some of them would be another one. */
  add(row: number, path: Uint8Array, xattrs: ReadonlyMap<string, string> | undefined): void {
    if (xattrs === undefined) return;
    const length = [...xattrs].reduce((sum, [name, value]) => sum + name.length + value.length, 0);
    if (!this.#keep(CHARACTER_BYTES * length)) {
      const message = "too many bytes of extended attributes and package databases in one layer or image";
      throw new InputError("limit-exceeded", toPlace(path), message);
    }
    this.byRow.set(row, xattrs);
  }
}
