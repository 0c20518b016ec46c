import { displayPath } from "#lib/model/layer.ts";
import type { ElfFacts } from "#lib/model/opened-file.ts";
import { MACHINES, TYPES } from "./names.ts";

/** Bytes of a file that are kept to find the parts that its header names. Larger files are read as far as that. */
export const MAX_ELF_BYTES = 64 * 1024 ** 2;

/** Program headers read; programs have some fifteen. */
const MAX_PROGRAM_HEADERS = 256;

/** Entries read of the dynamic section; libraries have some forty, and one for each needed library. */
const MAX_DYNAMIC_ENTRIES = 4096;

/** Bytes of one name: Linux's PATH_MAX. */
const MAX_NAME_BYTES = 4096;

/** Bytes read of one note segment, and of a build id in it. */
const MAX_NOTE_BYTES = 64 * 1024;
const MAX_BUILD_ID_BYTES = 64;

const MAGIC = [0x7f, 0x45, 0x4c, 0x46];
const HEADER_BYTES = { 32: 52, 64: 64 } as const;
const SEGMENT_BYTES = { 32: 32, 64: 56 } as const;
const Segment = { load: 1, dynamic: 2, interpreter: 3, note: 4 } as const;
const Tag = { needed: 1, strings: 5, soname: 14, rpath: 15, runpath: 29 } as const;
const GNU_BUILD_ID = 3;
/** Also the type of a program that may be anywhere in memory. */
const SHARED_OBJECT = 3;

export function isElf(bytes: Uint8Array): boolean {
  return MAGIC.every((byte, i) => bytes[i] === byte);
}

/**
 * The header, interpreter, dynamic section and build id of an ELF file, or of its beginning (System V ABI, chapters 4 and 5; Linux
 * Standard Base, "Note Sections"). `undefined` for a file that is no ELF file. Whatever is damaged or missing is left out and marked.
 */
export function parseElf(bytes: Uint8Array): ElfFacts | undefined {
  const bits = bytes[4] === 1 ? 32 : bytes[4] === 2 ? 64 : undefined;
  const isKnownOrder = bytes[5] === 1 || bytes[5] === 2;
  if (!isElf(bytes) || bits === undefined || !isKnownOrder || bytes.length < HEADER_BYTES[bits]) return undefined;
  return new ElfReader(bytes, bits, bytes[5] === 1).read();
}

interface ProgramSegment {
  readonly type: number;
  readonly offset: number;
  readonly address: number;
  readonly byteCount: number;
}

class ElfReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #bits: 32 | 64;
  readonly #isLittle: boolean;
  #isIncomplete = false;

  constructor(bytes: Uint8Array, bits: 32 | 64, isLittle: boolean) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#bits = bits;
    this.#isLittle = isLittle;
  }

  read(): ElfFacts {
    const [type, machine] = [this.#half(16), this.#half(18)];
    const segments = this.#listSegments();
    const parts = {
      interpreter: this.#readInterpreter(segments),
      ...this.#readDynamic(segments),
      buildId: this.#readBuildId(segments),
    };
    const isProgram = type === SHARED_OBJECT && parts.interpreter !== "" && parts.soname === "";
    return {
      bits: this.#bits,
      byteOrder: this.#isLittle ? "little-endian" : "big-endian",
      type: isProgram ? "position-independent executable" : (TYPES[type] ?? `type ${type}`),
      machine: MACHINES[machine] ?? `machine ${machine}`,
      ...parts,
      isIncomplete: this.#isIncomplete,
    };
  }

  #half(at: number): number {
    return this.#view.getUint16(at, this.#isLittle);
  }

  #word(at: number): number {
    return this.#view.getUint32(at, this.#isLittle);
  }

  /** An address, offset or length; above 2⁵³ it is rounded, and beyond every file. */
  #long(at: number): number {
    return this.#bits === 32 ? this.#word(at) : Number(this.#view.getBigUint64(at, this.#isLittle));
  }

  /** True if the bytes have this range. */
  #has(offset: number, byteCount: number): boolean {
    const isThere = offset >= 0 && byteCount >= 0 && offset + byteCount <= this.#bytes.length;
    if (!isThere) this.#isIncomplete = true;
    return isThere;
  }

  #limit(count: number, max: number): number {
    if (count > max) this.#isIncomplete = true;
    return Math.min(count, max);
  }

  #listSegments(): ProgramSegment[] {
    const is64 = this.#bits === 64;
    const start = this.#long(is64 ? 32 : 28);
    const step = this.#half(is64 ? 54 : 42);
    const count = this.#limit(this.#half(is64 ? 56 : 44), MAX_PROGRAM_HEADERS);
    const segments: ProgramSegment[] = [];
    for (let i = 0; i < count; i++) {
      const at = start + i * step;
      if (step < SEGMENT_BYTES[this.#bits] || !this.#has(at, SEGMENT_BYTES[this.#bits])) break;
      segments.push({
        type: this.#word(at),
        offset: this.#long(at + (is64 ? 8 : 4)),
        address: this.#long(at + (is64 ? 16 : 8)),
        byteCount: this.#long(at + (is64 ? 32 : 16)),
      });
    }
    return segments;
  }

  #readInterpreter(segments: readonly ProgramSegment[]): string {
    const found = segments.find(({ type }) => type === Segment.interpreter);
    return found === undefined ? "" : this.#text(found.offset, found.byteCount);
  }

  /** Bytes up to a zero, as text: other bytes than UTF-8 are escaped as in paths. */
  #text(offset: number, byteCount = MAX_NAME_BYTES): string {
    if (!this.#has(offset, 1)) return "";
    const most = Math.min(byteCount, MAX_NAME_BYTES, this.#bytes.length - offset);
    const bytes = this.#bytes.subarray(offset, offset + most);
    const end = bytes.indexOf(0);
    if (end === -1 && byteCount > most) this.#isIncomplete = true;
    return displayPath(end === -1 ? bytes : bytes.subarray(0, end));
  }

  #readDynamic(segments: readonly ProgramSegment[]) {
    const facts = { soname: "", needed: [] as string[], rpath: "", runpath: "" };
    const found = segments.find(({ type }) => type === Segment.dynamic);
    if (found === undefined) return facts;
    const entries = this.#listDynamic(found);
    const strings = this.#toOffset(segments, entries.find(([tag]) => tag === Tag.strings)?.[1]);
    if (strings === undefined) return facts;
    for (const [tag, value] of entries) {
      if (tag === Tag.needed) facts.needed.push(this.#text(strings + value));
      else if (tag === Tag.soname) facts.soname = this.#text(strings + value);
      else if (tag === Tag.rpath) facts.rpath = this.#text(strings + value);
      else if (tag === Tag.runpath) facts.runpath = this.#text(strings + value);
    }
    return facts;
  }

  #listDynamic({ offset, byteCount }: ProgramSegment): [tag: number, value: number][] {
    const width = this.#bits / 8;
    const count = this.#limit(Math.floor(byteCount / (2 * width)), MAX_DYNAMIC_ENTRIES);
    const entries: [number, number][] = [];
    for (let i = 0; i < count; i++) {
      const at = offset + 2 * width * i;
      if (!this.#has(at, 2 * width)) break;
      const tag = this.#long(at);
      if (tag === 0) break;
      entries.push([tag, this.#long(at + width)]);
    }
    return entries;
  }

  /** The place in the file of an address in memory. */
  #toOffset(segments: readonly ProgramSegment[], address: number | undefined): number | undefined {
    const found = segments.find(
      ({ type, address: start, byteCount }) =>
        address !== undefined && type === Segment.load && address >= start && address < start + byteCount,
    );
    if (found !== undefined && address !== undefined) return found.offset + (address - found.address);
    this.#isIncomplete = true;
    return undefined;
  }

  #readBuildId(segments: readonly ProgramSegment[]): string {
    for (const { type, offset, byteCount } of segments) {
      if (type !== Segment.note || !this.#has(offset, byteCount)) continue;
      const end = offset + this.#limit(byteCount, MAX_NOTE_BYTES);
      const found = this.#findBuildId(offset, end);
      if (found !== "") return found;
    }
    return "";
  }

  /** Notes are a name and a description, each padded to four bytes. */
  #findBuildId(start: number, end: number): string {
    for (let at = start; at + 12 <= end; ) {
      const [nameBytes, idBytes, type] = [this.#word(at), this.#word(at + 4), this.#word(at + 8)];
      const id = at + 12 + padded(nameBytes);
      if (id + idBytes > end) return "";
      if (type === GNU_BUILD_ID && nameBytes === 4 && this.#text(at + 12, 4) === "GNU")
        return Buffer.from(this.#bytes.subarray(id, id + Math.min(idBytes, MAX_BUILD_ID_BYTES))).toString("hex");
      at = id + padded(idBytes);
    }
    return "";
  }
}

function padded(byteCount: number): number {
  return Math.ceil(byteCount / 4) * 4;
}
