import {
  type DynamicSymbols,
  type ElfNeeds,
  elfHeadByteCount,
  type FilePiece,
  isElf,
  listDynamicSymbols,
  listElfRanges,
  parseElfNeeds,
} from "#lib/formats/elf/index.ts";
import {
  type BuildText,
  MAX_SCRIPT_LINE_BYTES,
  parseScriptLine,
  writeProgramFacts,
} from "#lib/formats/program-facts/index.ts";
import type { Fault } from "#lib/model/fault.ts";
import { displayPath, type LayerDocument, type LayerEntries, type PackedSymbols } from "#lib/model/layer.ts";
import type { Problem } from "#lib/model/problem.ts";
import { BuildFinder } from "./build-finder.ts";
import { GrowableColumn } from "./growable.ts";

/**
 * Bytes kept of the beginning of an ELF file that comes in several pieces: names and versions are there, before the code. libLLVM,
 * the library with the most names, has them in the first five MiB.
 */
export const MAX_ELF_HEAD_BYTES = 8 * 1024 ** 2;

/** Enough to see what a file is. */
const MAGIC_BYTES = 4;
const EXECUTE_BITS = 0o111;

/** What is kept of a program, by the row of its entry, if it may be kept. */
type KeepFacts = (byteCount: number) => boolean;

/** A file that is being read. */
interface OpenFile {
  readonly byteCount: number;
  readonly isExecutable: boolean;
  read: number;
  /** How much of its beginning is copied; known with its first piece. */
  headBytes: number;
  /** Undecided while the file has fewer than four bytes so far. */
  isWanted: boolean | undefined;
  /** Parts beyond the head, known once the head is whole. */
  beyond: { readonly offset: number; readonly bytes: Uint8Array }[] | undefined;
  builds: BuildFinder | undefined;
}

interface Found {
  readonly needs: ElfNeeds | undefined;
  readonly line: string | undefined;
  readonly build: BuildText | undefined;
  readonly symbols?: DynamicSymbols | undefined;
  readonly problems: readonly Fault[];
}

const NOTHING: Found = { needs: undefined, line: undefined, build: undefined, problems: [] };

/**
 * Reads the facts of programs, libraries and scripts while the bodies of a layer go by. Most come in one piece and are read in place;
 * of the others the beginning is copied, and what their program headers name beyond it.
 */
export class ProgramReader {
  readonly documents: LayerDocument[] = [];
  /** By row, of the programs and libraries that have any; `undefined` unless they are kept. */
  readonly symbols: Map<number, PackedSymbols> | undefined;
  readonly #keep: KeepFacts;
  readonly #keepSymbols: KeepFacts | undefined;
  readonly #head = new GrowableColumn(Uint8Array, MAX_ELF_HEAD_BYTES);
  #file: OpenFile | undefined;
  #found: Found = NOTHING;
  #firstFault: (Fault & { readonly row: number }) | undefined;
  #faultyCount = 0;

  /** `keepSymbols`: whether symbols of so many bytes may be kept; without it, none are read. */
  constructor(keep: KeepFacts, keepSymbols?: KeepFacts) {
    this.#keep = keep;
    this.#keepSymbols = keepSymbols;
    if (keepSymbols !== undefined) this.symbols = new Map();
  }

  /** Scripts that may not be executed are data. Libraries need no permission. */
  start(byteCount: number, mode: number): void {
    const isExecutable = (mode & EXECUTE_BITS) !== 0;
    this.#found = NOTHING;
    const headBytes = MAX_ELF_HEAD_BYTES;
    const known = { isWanted: undefined, beyond: undefined, builds: undefined };
    this.#file = { byteCount, isExecutable, read: 0, headBytes, ...known };
  }

  push(piece: Uint8Array): void {
    const file = this.#file;
    if (file === undefined) return;
    if (piece.length === file.byteCount) {
      if (isWanted(piece, file)) this.#read([{ offset: 0, bytes: piece }]);
      this.#file = undefined;
      return;
    }
    // Most files are neither, which their first piece shows: those are not copied.
    if (file.read === 0 && piece.length >= MAGIC_BYTES) file.isWanted = isWanted(piece, file);
    if (file.read === 0 && file.isWanted !== false) file.headBytes = elfHeadByteCount(piece, MAX_ELF_HEAD_BYTES);
    if (file.isWanted !== false) this.#copy(file, piece);
    file.read += piece.length;
    if (file.isWanted === undefined && file.read >= MAGIC_BYTES) file.isWanted = isWanted(this.#head.column, file);
    if (file.isWanted === false) this.#file = undefined;
  }

  #read(pieces: readonly FilePiece[], builds?: BuildFinder): void {
    const symbols = this.symbols === undefined ? undefined : listDynamicSymbols(pieces);
    this.#found = { ...readFacts(pieces, builds), symbols };
  }

  /** Ends the file of this row. `sha256` is asked only for programs. */
  end(row: number, sha256: () => string): void {
    const file = this.#file;
    this.#file = undefined;
    if (file?.isWanted) {
      const head = this.#head.column.subarray(0, Math.min(file.read, file.headBytes));
      this.#read([{ offset: 0, bytes: head }, ...(file.beyond ?? [])], file.builds);
    }
    if (this.#found !== NOTHING) this.#add(row, this.#found, sha256);
    this.#found = NOTHING;
  }

  /** One problem for all files of the layer: those for debuggers, which have headers of what is not in them, come by the hundred. */
  finish(entries: LayerEntries): Problem[] {
    if (this.#firstFault === undefined) return [];
    const { row, code, message } = this.#firstFault;
    const path = displayPath(entries.names.subarray(entries.pathStart[row], entries.pathEnd[row]));
    const others = this.#faultyCount === 1 ? "" : `; the same or another fault in ${this.#faultyCount - 1} more files`;
    return [{ code, severity: "warning", source: "", path, message: `${message}${others}` }];
  }

  #copy(file: OpenFile, piece: Uint8Array): void {
    const inHead = Math.max(0, Math.min(piece.length, file.headBytes - file.read));
    if (inHead > 0) this.#head.reserve(file.read + inHead).set(piece.subarray(0, inHead), file.read);
    if (inHead === piece.length) return;
    const head = this.#head.column.subarray(0, file.headBytes);
    file.beyond ??= openRanges(head);
    file.builds ??= openBuilds(head);
    file.builds.push(piece.subarray(inHead), file.read + inHead);
    for (const { offset, bytes } of file.beyond) {
      const start = Math.max(offset, file.read);
      const end = Math.min(offset + bytes.length, file.read + piece.length);
      if (start < end) bytes.set(piece.subarray(start - file.read, end - file.read), start - offset);
    }
  }

  #add(row: number, { needs, line, build, symbols, problems }: Found, sha256: () => string): void {
    if (symbols !== undefined) this.#addSymbols(row, symbols);
    if (problems[0] !== undefined) this.#fail(row, problems[0]);
    if (needs === undefined && line === undefined) return;
    const body =
      needs === undefined
        ? writeProgramFacts({ kind: "script", line: line! })
        : writeProgramFacts({ kind: "elf", needs, sha256: needs.isProgram ? sha256() : "", build });
    if (this.#keep(body.length)) this.documents.push({ entry: row, body });
    else this.#fail(row, { code: "limit-exceeded", message: "the layer has too many programs and package databases" });
  }

  #addSymbols(row: number, { imports, exports }: DynamicSymbols): void {
    const packed = { imports: pack(imports), exports: pack(exports) };
    const fits = this.#keepSymbols?.(packed.imports.length + packed.exports.length);
    this.symbols?.set(row, fits ? packed : { imports: "", exports: "", isCut: true });
  }

  #fail(row: number, fault: Fault): void {
    this.#firstFault ??= { ...fault, row };
    this.#faultyCount += 1;
  }
}

function pack(names: readonly string[]): string {
  return names.map((name) => `${name}\0`).join("");
}

function isWanted(head: Uint8Array, { isExecutable }: OpenFile): boolean {
  return isElf(head) || (isExecutable && head[0] === 0x23 && head[1] === 0x21);
}

/** Memory for the parts beyond the head that the file claims to have: never more than its limit. */
function openRanges(head: Uint8Array): { offset: number; bytes: Uint8Array }[] {
  return listElfRanges(head).map(({ offset, byteCount }) => ({ offset, bytes: new Uint8Array(byteCount) }));
}

/** Looks at the head at once. */
function openBuilds(head: Uint8Array): BuildFinder {
  const builds = new BuildFinder(head);
  builds.push(head, 0);
  return builds;
}

function readFacts(pieces: readonly FilePiece[], builds?: BuildFinder): Found {
  const head = pieces[0]!.bytes;
  if (!isElf(head)) return { ...NOTHING, line: parseScriptLine(head.subarray(0, MAX_SCRIPT_LINE_BYTES)) };
  const { value, problems } = parseElfNeeds(pieces);
  const faults = problems.map((fault) => ({ ...fault, message: `what it needs is not known: ${fault.message}` }));
  if (value === undefined) return { ...NOTHING, problems: faults };
  const found = (builds ?? openBuilds(head)).finish(pieces);
  return { needs: value, line: undefined, build: found.build, problems: [...faults, ...found.problems] };
}
