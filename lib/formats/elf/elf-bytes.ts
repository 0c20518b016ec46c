import { displayPath } from "#lib/model/layer.ts";

/** Bytes of one name: Linux's PATH_MAX. */
const MAX_NAME_BYTES = 4096;

const MAGIC = [0x7f, 0x45, 0x4c, 0x46];
const HEADER_BYTES = { 32: 52, 64: 64 } as const;

/** A part of a file, and where it is in it. */
export interface FilePiece {
  readonly offset: number;
  readonly bytes: Uint8Array;
}

export function isElf(bytes: Uint8Array): boolean {
  // Asked of every file of an image: most differ in the first byte.
  return bytes[0] === MAGIC[0] && MAGIC.every((byte, i) => bytes[i] === byte);
}

/** The parts of an ELF file that are in memory, by offset in the file. A read outside them is marked, never thrown. */
export class ElfBytes {
  readonly bits: 32 | 64;
  readonly isLittle: boolean;
  isIncomplete = false;
  readonly #pieces: readonly FilePiece[];
  /** The piece last read. */
  #start = 0;
  #end = 0;
  #view: DataView = new DataView(new ArrayBuffer(0));

  private constructor(pieces: readonly FilePiece[], bits: 32 | 64, isLittle: boolean) {
    this.#pieces = pieces;
    this.bits = bits;
    this.isLittle = isLittle;
  }

  /** `undefined` for a file that is no ELF file, or too short for a header. */
  static open(pieces: readonly FilePiece[]): ElfBytes | undefined {
    const head = pieces[0]?.bytes ?? new Uint8Array(0);
    const bits = head[4] === 1 ? 32 : head[4] === 2 ? 64 : undefined;
    const isKnownOrder = head[5] === 1 || head[5] === 2;
    if (!isElf(head) || bits === undefined || !isKnownOrder || head.length < HEADER_BYTES[bits]) return undefined;
    return new ElfBytes(pieces, bits, head[5] === 1);
  }

  /** True if one piece has this range. The three methods below read only such ranges. */
  has(offset: number, byteCount: number): boolean {
    if (this.#holds(offset, byteCount)) return true;
    for (const { offset: start, bytes } of this.#pieces) {
      if (offset < start || offset + byteCount > start + bytes.length) continue;
      this.#start = start;
      this.#end = start + bytes.length;
      this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
      return byteCount >= 0;
    }
    this.isIncomplete = true;
    return false;
  }

  half(at: number): number {
    return this.#view.getUint16(at - this.#start, this.isLittle);
  }

  word(at: number): number {
    return this.#view.getUint32(at - this.#start, this.isLittle);
  }

  /** An address, offset or length; above 2⁵³ it is rounded, and beyond every file. */
  long(at: number): number {
    if (this.bits === 32) return this.word(at);
    const low = this.isLittle ? at : at + 4;
    const high = this.isLittle ? at + 4 : at;
    return this.word(high) * 2 ** 32 + this.word(low);
  }

  /** Bytes up to a zero, as text: other bytes than UTF-8 are escaped as in paths. */
  text(offset: number, byteCount = MAX_NAME_BYTES): string {
    if (!this.has(offset, 1)) return "";
    const most = Math.min(byteCount, MAX_NAME_BYTES, this.#end - offset);
    const bytes = this.bytes(offset, most);
    const end = bytes.indexOf(0);
    if (end === -1 && byteCount > most) this.isIncomplete = true;
    return displayPath(end === -1 ? bytes : bytes.subarray(0, end));
  }

  bytes(offset: number, byteCount: number): Uint8Array {
    const { buffer, byteOffset } = this.#view;
    return new Uint8Array(buffer, byteOffset + offset - this.#start, byteCount);
  }

  /** The smaller number; marks the file if that is the limit. */
  limit(count: number, max: number): number {
    if (count > max) this.isIncomplete = true;
    return Math.min(count, max);
  }

  #holds(offset: number, byteCount: number): boolean {
    return byteCount >= 0 && offset >= this.#start && offset + byteCount <= this.#end;
  }
}
