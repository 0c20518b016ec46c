import { ElfBytes, type FilePiece } from "./elf-bytes.ts";
import { listSegments, type ProgramSegment, toOffset } from "./segments.ts";

/** The parts of an ELF file that are in memory, by the address at which a program would see them. */
export class ElfMemory {
  readonly #file: ElfBytes;
  readonly #segments: readonly ProgramSegment[];

  private constructor(file: ElfBytes) {
    this.#file = file;
    this.#segments = listSegments(file);
  }

  /** `undefined` for a file that is no ELF file. */
  static open(pieces: readonly FilePiece[]): ElfMemory | undefined {
    const file = ElfBytes.open(pieces);
    return file && new ElfMemory(file);
  }

  /** Bytes of a pointer. */
  get pointerBytes(): number {
    return this.#file.bits / 8;
  }

  /** `undefined` where the file has nothing, or nothing that is at hand. */
  read(address: number, byteCount: number): Uint8Array | undefined {
    const offset = toOffset(this.#file, this.#segments, address);
    if (offset === undefined || !this.#file.has(offset, byteCount)) return undefined;
    return this.#file.bytes(offset, byteCount);
  }

  /** An address, or a number of the same width. */
  readPointer(address: number): number | undefined {
    const offset = toOffset(this.#file, this.#segments, address);
    return offset === undefined || !this.#file.has(offset, this.pointerBytes) ? undefined : this.#file.long(offset);
  }
}
