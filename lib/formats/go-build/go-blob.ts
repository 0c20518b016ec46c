import type { FilePiece } from "../elf/index.ts";
import { ElfMemory } from "../elf/index.ts";

/** What a program of Go says of its build, as text: its first line is the version of Go, the others are those of `go version -m`. */
export type GoBuildText = string;

/** With this begins the section `.go.buildinfo`, at a multiple of 16 in the file (debug/buildinfo of Go's library). */
export const GO_BLOB_MAGIC: Uint8Array = Buffer.from("\xff Go buildinf:", "latin1");
export const GO_BLOB_ALIGNMENT = 16;

/** Around the text about modules, wherever it is in a program (cmd/go/internal/modload). */
export const GO_MODULES_START: Uint8Array = Buffer.from("3077af0c9274080241e1c107e6d618e6", "hex");
const GO_MODULES_END = Buffer.from("f932433186182072008242104116d8f2", "hex");

/** Bytes of what is read behind either mark. Programs with a thousand modules have some 100 kB. */
export const MAX_GO_BLOB_BYTES = 256 * 1024;
/** UTF-16 units of the version of Go: `go1.24.4 X:nocoverageredesign`. */
export const MAX_GO_VERSION = 256;

const HEADER_BYTES = 32;
const INLINE = 2;
const MARK_BYTES = GO_MODULES_START.length;
const VARINT_BYTES = 8;
const NEWLINE = 0x0a;

/** What of a program of Go is at hand. */
export interface GoPieces {
  /** What begins with each of the two marks. */
  readonly blobs: readonly FilePiece[];
  readonly modules: readonly FilePiece[];
  /** Parts of the file, the first with its beginning. */
  readonly pieces: readonly FilePiece[];
}

/**
 * What the linker has written about the build. `undefined` if there is none of it, or nothing legible. Since Go 1.18 the texts are in
 * the section itself; before, it has pointers to them, and the parts that they lead to may not be at hand: the text about modules is then
 * known by its own mark, and the version of Go is empty.
 */
export function readGoBuild({ blobs, modules, pieces }: GoPieces): GoBuildText | undefined {
  for (const { bytes } of blobs) {
    const found = (bytes[15]! & INLINE) === 0 ? readPointed(bytes, pieces) : readInline(bytes);
    if (found === undefined || !isVersion(found.version)) continue;
    const marked = found.modules ?? readMarked(modules[0]?.bytes);
    return shorten(`${found.version}\n${marked ?? ""}`);
  }
  return undefined;
}

interface Texts {
  readonly version: string;
  /** Absent: out of reach. */
  readonly modules: string | undefined;
}

function readInline(blob: Uint8Array): Texts | undefined {
  const version = readCounted(blob, HEADER_BYTES);
  const modules = version && readCounted(blob, version.end);
  if (modules === undefined) return undefined;
  return { version: toText(version!.bytes), modules: withoutMarks(modules.bytes) };
}

/** A string behind its length. */
function readCounted(blob: Uint8Array, at: number): { bytes: Uint8Array; end: number } | undefined {
  let byteCount = 0;
  for (let i = 0; i < VARINT_BYTES; i++) {
    const byte = blob[at + i];
    if (byte === undefined) return undefined;
    byteCount += (byte & 0x7f) * 2 ** (7 * i);
    if (byte >= 0x80) continue;
    const [start, end] = [at + i + 1, at + i + 1 + byteCount];
    return end > blob.length ? undefined : { bytes: blob.subarray(start, end), end };
  }
  return undefined;
}

/** The pointers lead to strings of Go: a pointer to the text, and its length. */
function readPointed(blob: Uint8Array, pieces: readonly FilePiece[]): Texts | undefined {
  const memory = ElfMemory.open(pieces);
  const isBig = (blob[15]! & 1) === 1;
  const width = blob[14]!;
  if (memory === undefined || blob.length < HEADER_BYTES || width !== memory.pointerBytes) return undefined;
  const [version, modules] = [0, 1].map((i) => {
    const pointer = readNumber(blob.subarray(16 + i * width, 16 + (i + 1) * width), isBig);
    return readString(memory, pointer);
  });
  return { version: version === undefined ? "" : toText(version), modules: modules && withoutMarks(modules) };
}

function readString(memory: ElfMemory, at: number): Uint8Array | undefined {
  const start = memory.readPointer(at);
  const byteCount = memory.readPointer(at + memory.pointerBytes);
  if (start === undefined || byteCount === undefined || byteCount > MAX_GO_BLOB_BYTES) return undefined;
  return memory.read(start, byteCount);
}

function readNumber(bytes: Uint8Array, isBig: boolean): number {
  const ordered = isBig ? bytes : bytes.toReversed();
  return ordered.reduce((value, byte) => value * 256 + byte, 0);
}

/** A text that is not between marks counts as none, as in debug/buildinfo. */
function withoutMarks(bytes: Uint8Array): string {
  const end = bytes.length - MARK_BYTES;
  return end > MARK_BYTES && bytes[end - 1] === NEWLINE ? toText(bytes.subarray(MARK_BYTES, end)) : "";
}

function readMarked(bytes: Uint8Array | undefined): string | undefined {
  const end =
    bytes === undefined ? -1 : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).indexOf(GO_MODULES_END);
  return end < 0 ? undefined : toText(bytes!.subarray(MARK_BYTES, end));
}

/** Empty if it is out of reach. */
function isVersion(version: string): boolean {
  return version.length <= MAX_GO_VERSION && /^(?:(?:go|devel)[ -~]*)?$/.test(version);
}

function toText(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("utf8").replaceAll("\0", "\u{fffd}");
}

/** Without the checksums of modules, half of the text. */
function shorten(text: string): string {
  return text.replaceAll(/\th1:[^\t\n]*$/gm, "");
}
