import type { ElfBytes } from "./elf-bytes.ts";

/**
 * Bytes of all names read of one file, and eight for each name. Names may overlap: without a limit, 64 KiB of a file could have
 * 16 MiB of them. The largest programs have some 10 KiB.
 */
export const MAX_NAMES_BYTES = 64 * 1024;
const BYTES_PER_NAME = 8;

/** Reads names of a file's dynamic string table. */
export class NameReader {
  readonly #file: ElfBytes;
  readonly #start: number;
  #left = MAX_NAMES_BYTES;
  isSpent = false;

  constructor(file: ElfBytes, start: number) {
    this.#file = file;
    this.#start = start;
  }

  /** "" if it is not there, or once the names are spent. */
  read(at: number): string {
    if (this.isSpent) return "";
    const name = this.#file.text(this.#start + at);
    this.#left -= name.length + BYTES_PER_NAME;
    this.isSpent = this.#left < 0;
    return this.isSpent ? "" : name;
  }
}
