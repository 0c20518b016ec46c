import type { ElfBytes } from "./elf-bytes.ts";

/** Program headers read; programs have some fifteen. */
const MAX_PROGRAM_HEADERS = 256;

/** Entries read of the dynamic section; libraries have some forty, and one for each needed library. */
const MAX_DYNAMIC_ENTRIES = 4096;

/** Bytes read of all note segments of a file, and of a build id in them. */
const MAX_NOTE_BYTES = 64 * 1024;
const MAX_BUILD_ID_BYTES = 64;

const SEGMENT_BYTES = { 32: 32, 64: 56 } as const;
export const Segment = { load: 1, dynamic: 2, interpreter: 3, note: 4 } as const;
const GNU_BUILD_ID = 3;
const GO_NOTE = "Go\0\0";

/** A segment's flags. */
export const SegmentFlag = { executable: 1, writable: 2 } as const;

export interface ProgramSegment {
  readonly type: number;
  readonly flags: number;
  readonly offset: number;
  readonly address: number;
  readonly byteCount: number;
}

export interface DynamicEntry {
  readonly tag: number;
  readonly value: number;
}

/** The program headers, which say where everything else is: section headers may be stripped. */
export function listSegments(file: ElfBytes): ProgramSegment[] {
  const is64 = file.bits === 64;
  const segments: ProgramSegment[] = [];
  if (!file.has(0, is64 ? 64 : 52)) return segments;
  const start = file.long(is64 ? 32 : 28);
  const step = file.half(is64 ? 54 : 42);
  const count = file.limit(file.half(is64 ? 56 : 44), MAX_PROGRAM_HEADERS);
  const byteCount = SEGMENT_BYTES[file.bits];
  for (let i = 0; i < count; i++) {
    const at = start + i * step;
    if (step < byteCount || !file.has(at, byteCount)) break;
    segments.push({
      type: file.word(at),
      flags: file.word(at + (is64 ? 4 : 24)),
      offset: file.long(at + (is64 ? 8 : 4)),
      address: file.long(at + (is64 ? 16 : 8)),
      byteCount: file.long(at + (is64 ? 32 : 16)),
    });
  }
  return segments;
}

export function readInterpreter(file: ElfBytes, segments: readonly ProgramSegment[]): string {
  const found = segments.find(({ type }) => type === Segment.interpreter);
  return found === undefined ? "" : file.text(found.offset, found.byteCount);
}

/** The entries of the dynamic section, up to its end mark; none of a static program. */
export function listDynamic(file: ElfBytes, segments: readonly ProgramSegment[]): DynamicEntry[] {
  const found = segments.find(({ type }) => type === Segment.dynamic);
  const entries: DynamicEntry[] = [];
  if (found === undefined) return entries;
  const width = file.bits / 8;
  const count = file.limit(Math.floor(found.byteCount / (2 * width)), MAX_DYNAMIC_ENTRIES);
  for (let i = 0; i < count; i++) {
    const at = found.offset + 2 * width * i;
    if (!file.has(at, 2 * width)) break;
    const tag = file.long(at);
    if (tag === 0) break;
    entries.push({ tag, value: file.long(at + width) });
  }
  return entries;
}

/** The place in the file of an address in memory. */
export function toOffset(
  file: ElfBytes,
  segments: readonly ProgramSegment[],
  address: number | undefined,
): number | undefined {
  const found = segments.find(
    ({ type, address: start, byteCount }) =>
      address !== undefined && type === Segment.load && address >= start && address < start + byteCount,
  );
  if (found !== undefined && address !== undefined) return found.offset + (address - found.address);
  file.isIncomplete = true;
  return undefined;
}

/** In hexadecimal; "" if there is none. */
export function readBuildId(file: ElfBytes, segments: readonly ProgramSegment[]): string {
  let left = MAX_NOTE_BYTES;
  for (const { type, offset, byteCount } of segments) {
    if (type !== Segment.note || !file.has(offset, byteCount)) continue;
    const length = file.limit(byteCount, left);
    left -= length;
    const found = findBuildId(file, offset, offset + length);
    if (found !== "") return found;
  }
  return "";
}

/** Whether Go's linker has written a note; it does unless it is told to leave the build's id out. */
export function hasGoNote(file: ElfBytes, segments: readonly ProgramSegment[]): boolean {
  return segments.some(({ type, offset, byteCount }) => {
    const length = Math.min(byteCount, MAX_NOTE_BYTES);
    return (
      type === Segment.note && file.has(offset, length) && Buffer.from(file.bytes(offset, length)).includes(GO_NOTE)
    );
  });
}

/** Notes are a name and a description, each padded to four bytes. */
function findBuildId(file: ElfBytes, start: number, end: number): string {
  for (let at = start; at + 12 <= end; ) {
    const [nameBytes, idBytes, type] = [file.word(at), file.word(at + 4), file.word(at + 8)];
    const id = at + 12 + padded(nameBytes);
    if (id + idBytes > end) return "";
    if (type === GNU_BUILD_ID && nameBytes === 4 && file.text(at + 12, 4) === "GNU")
      return Buffer.from(file.bytes(id, Math.min(idBytes, MAX_BUILD_ID_BYTES))).toString("hex");
    at = id + padded(idBytes);
  }
  return "";
}

function padded(byteCount: number): number {
  return Math.ceil(byteCount / 4) * 4;
}
