import { ElfBytes } from "./elf-bytes.ts";
import { hasGoNote, listSegments, type ProgramSegment, Segment, SegmentFlag } from "./segments.ts";

/** Bytes kept of a file beyond its beginning. A dynamic section has one kilobyte; patchelf's names at the end some twenty. */
export const MAX_ELF_RANGE_BYTES = 1024 ** 2;

/** A part of a file. */
export interface FileRange {
  readonly offset: number;
  readonly byteCount: number;
}

/**
 * The parts beyond the beginning of an ELF file that `parseElfNeeds` may read, as its program headers name them: the dynamic section,
 * the interpreter, the notes, and the shortest segments, where patchelf puts names. Linkers put all other parts at the beginning.
 */
export function listElfRanges(head: Uint8Array): FileRange[] {
  const file = ElfBytes.open([{ offset: 0, bytes: head }]);
  if (file === undefined) return [];
  const beyond = listSegments(file).filter(({ offset, byteCount }) => offset + byteCount > head.length);
  let left = MAX_ELF_RANGE_BYTES;
  return beyond.sort(byNeed).flatMap(({ offset, byteCount }) => {
    if (byteCount > left) return [];
    left -= byteCount;
    return [{ offset, byteCount }];
  });
}

function byNeed(a: ProgramSegment, b: ProgramSegment): number {
  return Number(a.type === Segment.load) - Number(b.type === Segment.load) || a.byteCount - b.byteCount;
}

/**
 * Bytes at the beginning of an ELF file with its names and versions, at most `max`, by its first piece: linkers that separate code put
 * them into a segment before it. All of `max` for other files, and for programs of Go, where data may be wanted from anywhere.
 */
export function elfHeadByteCount(piece: Uint8Array, max: number): number {
  const file = ElfBytes.open([{ offset: 0, bytes: piece }]);
  if (file === undefined) return max;
  const segments = listSegments(file);
  const [first, ...others] = segments.filter(({ type }) => type === Segment.load).sort((a, b) => a.offset - b.offset);
  const isSeparate = first?.offset === 0 && (first.flags & SegmentFlag.executable) === 0;
  const code = others.find(({ flags }) => (flags & SegmentFlag.executable) !== 0);
  if (!isSeparate || code === undefined || hasGoNote(file, segments)) return max;
  return Math.min(Math.max(code.offset, piece.length), max);
}
