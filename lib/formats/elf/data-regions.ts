import { ElfBytes } from "./elf-bytes.ts";
import { hasGoNote, listSegments, Segment, SegmentFlag } from "./segments.ts";

/** Where a file has data, by what its program headers say. */
interface DataRegions {
  /** What is loaded and is not code: start and end in the file. */
  readonly loaded: readonly { readonly start: number; readonly end: number; readonly isWritable: boolean }[];
  /** Whether a note says that Go's linker has written the file. */
  readonly isOfGo: boolean;
  /** The end of what is loaded. Sections without an address follow it. */
  readonly loadedEnd: number;
}

/** The data of an ELF file, from its beginning. A file that is none, or without program headers, has nothing that is loaded. */
export function listDataRegions(head: Uint8Array): DataRegions {
  const file = ElfBytes.open([{ offset: 0, bytes: head }]);
  const all = file === undefined ? [] : listSegments(file);
  const segments = all.filter(({ type }) => type === Segment.load);
  const data = segments.filter(({ flags }) => (flags & SegmentFlag.executable) === 0);
  return {
    loaded: data.map(({ offset, byteCount, flags }) => ({
      start: offset,
      end: offset + byteCount,
      isWritable: (flags & SegmentFlag.writable) !== 0,
    })),
    isOfGo: file !== undefined && hasGoNote(file, all),
    loadedEnd: Math.max(0, ...segments.map(({ offset, byteCount }) => offset + byteCount)),
  };
}
