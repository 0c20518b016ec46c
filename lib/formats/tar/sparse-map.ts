import { InputError } from "#lib/model/problem.ts";

const NEWLINE = 0x0a;
const ZERO = 0x30;
/** Decimal digits of a number in the map; 2^63 has nineteen. */
const MAX_DIGITS = 20;

/**
 * The map before the data of a sparse file in pax format 1.0 (GNU tar manual, "PAX Format, Version 1.0"): decimal numbers, one
 * per line, first the number of extents, then the offset and length of each; padded to whole blocks. Only the end of the map
 * matters here: extents give the positions of holes, and stored bytes are counted without them.
 */
export class SparseMap {
  #linesLeft = 1;
  #isFirst = true;
  #number = 0;
  #digits = 0;

  /** Reads the next block; true if the map ends in it. Throws InputError `bad-tar`. */
  read(block: Uint8Array, place: string): boolean {
    for (let i = 0; i < block.length && this.#linesLeft > 0; i++) {
      if (block[i] === NEWLINE) this.#endLine(place);
      else this.#addDigit(block[i]! - ZERO, place);
    }
    return this.#linesLeft === 0;
  }

  #addDigit(digit: number, place: string): void {
    this.#digits++;
    if (digit < 0 || digit > 9 || this.#digits > MAX_DIGITS) throw badMap(place);
    this.#number = this.#number * 10 + digit;
  }

  #endLine(place: string): void {
    if (this.#digits === 0) throw badMap(place);
    this.#linesLeft--;
    if (this.#isFirst) this.#linesLeft = 2 * this.#number;
    this.#isFirst = false;
    this.#number = 0;
    this.#digits = 0;
  }
}

function badMap(place: string): InputError {
  return new InputError("bad-tar", place, "the map of a sparse file contains something other than numbers");
}
