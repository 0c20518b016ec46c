import {
  CRATE_PROBE_BYTES,
  CRATE_STREAM_STARTS,
  inflateCrateList,
  isCrateStream,
  MAX_CRATE_STREAM_BYTES,
  mayBeCrateStream,
} from "#lib/formats/cargo-auditable/crate-list.ts";
import { type FilePiece, listDataRegions } from "#lib/formats/elf/index.ts";
import {
  GO_BLOB_ALIGNMENT,
  GO_BLOB_MAGIC,
  GO_MODULES_START,
  MAX_GO_BLOB_BYTES,
  readGoBuild,
} from "#lib/formats/go-build/go-blob.ts";
import { type BuildText, MAX_BUILD_TEXT_BYTES } from "#lib/formats/program-facts/index.ts";
import type { Fault } from "#lib/model/fault.ts";

/** Places in one file that look like Go's build information. A program that reads that of others has its mark as a constant. */
export const MAX_GO_PLACES = 4;
/** Places in one file where a zlib stream could begin, and how many of them are inflated. */
export const MAX_CRATE_PLACES = 20_000;
export const MAX_CRATE_PROBES = 200;

/** Bytes of the previous piece that are looked at again, for a mark that two pieces share. */
const SEAM_BYTES = CRATE_PROBE_BYTES - 1;

type Kind = "blob" | "modules" | "crates";

/** A mark: what it is of, and how many bytes from its start have to be there. */
interface Mark {
  readonly kind: Kind;
  readonly bytes: Uint8Array;
  readonly byteCount: number;
}

/** Before Go 1.18 the list of modules is a constant of its own. */
const CONSTANT_MARKS: readonly Mark[] = [
  { kind: "modules", bytes: GO_MODULES_START, byteCount: GO_MODULES_START.length },
];
/** Go's linker puts its information where data may be written (debug/buildinfo looks nowhere else). */
const WRITABLE_MARKS: readonly Mark[] = [
  { kind: "blob", bytes: GO_BLOB_MAGIC, byteCount: GO_BLOB_MAGIC.length },
  ...CONSTANT_MARKS,
];
const UNLOADED_MARKS = CRATE_STREAM_STARTS.map(
  (bytes): Mark => ({ kind: "crates", bytes, byteCount: CRATE_PROBE_BYTES }),
);

/** A part of a file, and what is looked for in it. */
interface MarkedRegion {
  readonly start: number;
  readonly end: number;
  readonly marks: readonly Mark[];
}

/** What there is from a mark on, if its first and last byte are to be considered. */
type ReadFrom = (start: number, end: number) => readonly Uint8Array[] | undefined;

/**
 * Finds what linkers write about a program's build while the file goes by, wherever in it that is: Go's behind its mark in the data that
 * is loaded, cargo-auditable's list of crates behind that. Section headers would say where, but they are at the end of the file.
 */
export class BuildFinder {
  readonly #regions: readonly MarkedRegion[];
  readonly #captures: Capture[] = [];
  #places = 0;
  #probes = 0;
  #tail: Uint8Array = new Uint8Array(0);

  constructor(head: Uint8Array) {
    const { loaded, isOfGo, loadedEnd } = listDataRegions(head);
    const unloaded = { start: loadedEnd, end: Number.MAX_SAFE_INTEGER, marks: UNLOADED_MARKS };
    const searched = loaded.filter(({ isWritable }) => isWritable || isOfGo);
    const marksOf = (isWritable: boolean) => (isWritable ? WRITABLE_MARKS : CONSTANT_MARKS);
    this.#regions = [...searched.map((region) => ({ ...region, marks: marksOf(region.isWritable) })), unloaded];
  }

  /** The next piece, which begins at this offset. */
  push(piece: Uint8Array, offset: number): void {
    for (const capture of this.#captures) capture.add(piece);
    this.#searchSeam(piece, offset);
    this.#search(piece, offset, (start) => [piece.subarray(start - offset)]);
    const tail = piece.length < SEAM_BYTES ? Buffer.concat([this.#tail, piece]) : piece;
    this.#tail = new Uint8Array(tail.subarray(-SEAM_BYTES));
  }

  /** Where the previous piece and this one meet. */
  #searchSeam(piece: Uint8Array, offset: number): void {
    const tail = this.#tail;
    if (tail.length === 0) return;
    const seamStart = offset - tail.length;
    const readSeam: ReadFrom = (start, end) =>
      start < offset && end > offset ? [tail.subarray(start - seamStart), piece] : undefined;
    this.#search(Buffer.concat([tail, piece.subarray(0, SEAM_BYTES)]), seamStart, readSeam);
  }

  /** What was found. The pieces are what is known of the rest of the file, the first with its beginning. */
  finish(pieces: readonly FilePiece[]): { build: BuildText | undefined; problems: Fault[] } {
    const [blobs, modules, crates] = [this.#listFound("blob"), this.#listFound("modules"), this.#listFound("crates")];
    const go = readGoBuild({ blobs, modules, pieces });
    if (go !== undefined) return limited("go", go);
    const list = crates[0] && inflateCrateList(crates[0].bytes);
    if (list !== undefined) return limited("cargo", list);
    if (crates.length > 0) return unreadable("bad-program", "the list of its crates is damaged, or too long");
    if (blobs.length > 0) return unreadable("bad-program", "Go's information is damaged, or too long");
    return { build: undefined, problems: [] };
  }

  #listFound(kind: Kind): FilePiece[] {
    return this.#captures.filter((each) => each.kind === kind).map(({ offset, bytes }) => ({ offset, bytes }));
  }

  #search(bytes: Uint8Array, offset: number, read: ReadFrom): void {
    for (const { start, end, marks } of this.#regions) {
      const from = Math.max(0, start - offset);
      const to = Math.min(bytes.length, end - offset);
      if (from >= to) continue;
      const part = Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from);
      for (const mark of marks) this.#searchMark(mark, part, offset + from, read);
    }
  }

  #searchMark(mark: Mark, part: Buffer, offset: number, read: ReadFrom): void {
    for (let at = part.indexOf(mark.bytes); at >= 0; at = part.indexOf(mark.bytes, at + 1)) {
      const end = at + mark.byteCount;
      if (end > part.length || this.#isSpent(mark.kind)) return;
      if (!this.#isReal(mark.kind, offset + at, part.subarray(at, end))) continue;
      const parts = read(offset + at, offset + end);
      if (parts !== undefined) this.#captures.push(new Capture(mark.kind, offset + at, parts));
    }
  }

  #isSpent(kind: Kind): boolean {
    if (kind === "crates" && (this.#places >= MAX_CRATE_PLACES || this.#probes >= MAX_CRATE_PROBES)) return true;
    return this.#captures.filter((each) => each.kind === kind).length >= (kind === "blob" ? MAX_GO_PLACES : 1);
  }

  #isReal(kind: Kind, offset: number, probe: Uint8Array): boolean {
    if (kind === "blob") return offset % GO_BLOB_ALIGNMENT === 0;
    if (kind === "modules") return true;
    this.#places += 1;
    if (!mayBeCrateStream(probe)) return false;
    this.#probes += 1;
    return isCrateStream(probe);
  }
}

/** What follows a mark, as far as it is read. */
class Capture {
  readonly kind: Kind;
  readonly offset: number;
  readonly #parts: Uint8Array[] = [];
  #left: number;

  constructor(kind: Kind, offset: number, parts: readonly Uint8Array[]) {
    this.kind = kind;
    this.offset = offset;
    this.#left = kind === "crates" ? MAX_CRATE_STREAM_BYTES : MAX_GO_BLOB_BYTES;
    for (const part of parts) this.add(part);
  }

  get bytes(): Uint8Array {
    return Buffer.concat(this.#parts);
  }

  /** Copied: the memory of a piece is used again. */
  add(piece: Uint8Array): void {
    if (this.#left === 0) return;
    const part = Uint8Array.from(piece.subarray(0, this.#left));
    this.#left -= part.length;
    this.#parts.push(part);
  }
}

function limited(format: BuildText["format"], text: string) {
  if (Buffer.byteLength(text) <= MAX_BUILD_TEXT_BYTES) return { build: { format, text }, problems: [] };
  return unreadable("limit-exceeded", `more than ${MAX_BUILD_TEXT_BYTES} bytes`);
}

function unreadable(code: Fault["code"], reason: string): { build: undefined; problems: Fault[] } {
  return { build: undefined, problems: [{ code, message: `what it was built from is not known: ${reason}` }] };
}
