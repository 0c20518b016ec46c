import { isJavaArchive } from "#lib/formats/jar/read-archive.ts";
import { MAX_PATH_BYTES, normalisePath, type TarEntry, type TarSink, toPlace } from "#lib/formats/tar/index.ts";
import type { ChunkSizes } from "#lib/model/chunk.ts";
import { displayPath, EntryKind, type LayerDocument, type LayerScan } from "#lib/model/layer.ts";
import { InputError, type Problem } from "#lib/model/problem.ts";
import { ArchiveReader } from "./archive-reader.ts";
import { BodyRecorder } from "./body-recorder.ts";
import { condenseDocument, documentByteLimit, isRpmDatabase, isRpmLog } from "./documents.ts";
import { EntryColumns } from "./entry-columns.ts";
import { MAX_ENTRIES_PER_SCAN, MAX_NAME_BYTES_PER_SCAN, type ScanLimits } from "./limits.ts";
import { ProgramReader } from "./program-reader.ts";
import { ReferenceReader } from "./reference-reader.ts";
import { RpmDatabases } from "./rpm-databases.ts";
import type { ScanBudget } from "./scan-budget.ts";
import { readWhiteout } from "./whiteout.ts";
import { XattrRecorder } from "./xattr-recorder.ts";

export interface RecorderOptions {
  readonly limits: ScanLimits;
  readonly isDocument: (path: string) => boolean;
  readonly budget: ScanBudget;
  /** Cuts the bodies into chunks of these sizes as well. */
  readonly chunks?: ChunkSizes;
  /** Keeps extended attributes, and the dynamic symbols of programs, as well. */
  readonly isMoved?: boolean;
}

/** The recorder's part of a layer scan; the rest is digests and lengths. */
export type RecordedLayer = Pick<
  LayerScan,
  "entries" | "contents" | "chunks" | "documents" | "devices" | "xattrs" | "symbols" | "problems" | "contentSize"
>;

const NONE = new Uint8Array(0);
const NO_ROW = -1;

/** Turns the members of a tar into the columns of a layer, hashing each body as it streams by. */
export class LayerRecorder implements TarSink {
  readonly #options: RecorderOptions;
  readonly #columns = new EntryColumns();
  readonly #bodies: BodyRecorder;
  readonly #documents: LayerDocument[] = [];
  readonly #databases: RpmDatabases;
  readonly #programs: ProgramReader;
  readonly #archives: ArchiveReader;
  readonly #references = new ReferenceReader();
  readonly #problems: Problem[] = [];
  readonly #devices = new Map<number, string>();
  readonly #xattrs: XattrRecorder | undefined;
  #unlistedProblems = 0;
  #contentSize = 0;
  #documentBytes = 0;
  /** The file whose body is being read; NO_ROW if the body is not kept. */
  #row = NO_ROW;
  #read = 0;
  #document: Uint8Array | undefined;
  #documentPath = "";
  #isArchive = false;

  constructor(options: RecorderOptions) {
    this.#options = options;
    this.#bodies = new BodyRecorder({ ...options, maxBodies: MAX_ENTRIES_PER_SCAN });
    const keep = (byteCount: number) => this.#keep(byteCount);
    const keepSymbols = (byteCount: number) => options.budget.takeSymbols(byteCount);
    this.#programs = new ProgramReader(keep, options.isMoved ? keepSymbols : undefined);
    if (options.isMoved) this.#xattrs = new XattrRecorder(keep);
    this.#databases = new RpmDatabases(options.budget);
    this.#archives = new ArchiveReader({
      budget: options.budget,
      keep,
      report: (problem) => this.#report(problem),
    });
  }

  entry(entry: TarEntry): void {
    this.#row = NO_ROW;
    const { path, escapes } = normalisePath(entry.path);
    if (escapes) this.#warn(entry.path, "the path leaves the root; read as if the root were its own parent");
    const meaning = readWhiteout(path);
    if (meaning.kind === "skipped") {
      this.#addReserved(entry, path, meaning.reason);
    } else if (meaning.kind !== "plain") {
      this.#add({ ...entry, kind: meaning.kind }, meaning.path, NONE);
    } else if (path.length === 0 && entry.kind !== EntryKind.directory) {
      this.#addReserved(entry, path, "the root of a layer is a directory; this entry is left out of the tree");
    } else {
      this.#add(entry, path, this.#linkOf(entry));
    }
  }

  /** An entry outside the tree is still in the tar: its body counts, although no name leads to it. */
  #addReserved(entry: TarEntry, path: Uint8Array, reason: string): void {
    this.#warn(path, reason);
    this.#add({ ...entry, kind: EntryKind.reserved }, path, NONE);
  }

  body(piece: Uint8Array): void {
    if (this.#row === NO_ROW) return;
    this.#bodies.push(piece);
    this.#references.push(piece);
    if (this.#document !== undefined) this.#document.set(piece, this.#read);
    else if (this.#isArchive) this.#archives.push(piece);
    else this.#programs.push(piece);
    this.#read += piece.length;
  }

  endEntry(): void {
    if (this.#row === NO_ROW) return;
    const content = this.#bodies.end();
    this.#columns.setContent(this.#row, content);
    this.#references.end(this.#row);
    if (this.#document) this.#addDocument({ entry: this.#row, body: this.#document });
    else if (this.#isArchive) this.#archives.end(this.#row);
    else this.#programs.end(this.#row, () => this.#bodies.sha256Of(content));
    this.#row = NO_ROW;
  }

  #addDocument(document: LayerDocument): void {
    if (isRpmDatabase(this.#documentPath)) {
      this.#databases.addDatabase(document);
      return;
    }
    const body = condenseDocument(this.#documentPath, document.body);
    this.#giveBack(document.body.length - body.length);
    this.#documents.push({ ...document, body });
    if (isRpmLog(this.#documentPath)) this.#databases.addLog(this.#documentPath, document.body);
  }

  warn(place: string, message: string): void {
    this.#report({ code: "bad-tar", severity: "warning", source: "", path: place, message });
  }

  finish(): RecordedLayer {
    this.#flushDatabase();
    const entries = this.#columns.finish();
    const references = this.#references.finish((byteCount) => this.#keep(byteCount));
    for (const problem of [...this.#programs.finish(entries), ...references.problems]) this.#report(problem);
    if (this.#unlistedProblems > 0) this.#problems.push(unlisted(this.#unlistedProblems));
    return {
      entries,
      ...this.#bodies.finish(),
      documents: [
        ...this.#documents,
        ...this.#programs.documents,
        ...this.#archives.documents,
        ...references.documents,
      ],
      ...(this.#xattrs && { xattrs: this.#xattrs.byRow, devices: this.#devices }),
      ...(this.#programs.symbols && { symbols: this.#programs.symbols }),
      problems: this.#problems,
      contentSize: this.#contentSize,
    };
  }

  #add(entry: TarEntry, path: Uint8Array, link: Uint8Array): void {
    if (!this.#options.budget.takeEntry(path.length + link.length)) {
      throw new InputError(
        "limit-exceeded",
        toPlace(path),
        `more than ${MAX_ENTRIES_PER_SCAN} entries, or ${MAX_NAME_BYTES_PER_SCAN} bytes of names, in one scan`,
      );
    }
    const row = this.#columns.add({ ...entry, path, link });
    this.#contentSize += entry.byteCount;
    this.#xattrs?.add(row, path, entry.xattrs);
    if (this.#xattrs && entry.device !== undefined) this.#devices.set(row, entry.device);
    if (entry.kind === EntryKind.file) this.#startBody(row, path, entry);
  }

  #linkOf(entry: TarEntry): Uint8Array {
    if (entry.kind === EntryKind.hardLink) return normalisePath(entry.link).path;
    if (entry.kind !== EntryKind.symlink) return NONE;
    if (entry.link.length > MAX_PATH_BYTES) {
      const message = `a symlink target of ${entry.link.length} bytes; the limit is ${MAX_PATH_BYTES}`;
      throw new InputError("limit-exceeded", toPlace(entry.path), message);
    }
    return entry.link;
  }

  #startBody(row: number, path: Uint8Array, { byteCount, mode }: TarEntry): void {
    this.#row = row;
    this.#read = 0;
    this.#bodies.start(byteCount);
    this.#references.start(path);
    const text = displayPath(path);
    this.#document = this.#openDocument(text, byteCount);
    this.#isArchive = this.#document === undefined && isJavaArchive(text);
    if (this.#isArchive) this.#archives.start(text, byteCount);
    else if (this.#document === undefined) this.#programs.start(byteCount, mode);
  }

  #openDocument(text: string, byteCount: number): Uint8Array | undefined {
    if (!this.#options.isDocument(text)) return undefined;
    this.#documentPath = text;
    const opened = isRpmDatabase(text) ? this.#openDatabase(text, byteCount) : this.#openPlain(text, byteCount);
    if (opened === undefined) this.#warnTooLarge(text, byteCount);
    return opened;
  }

  #openPlain(path: string, byteCount: number): Uint8Array | undefined {
    const fits = byteCount <= Math.min(this.#options.limits.documentBytes, documentByteLimit(path));
    return fits && this.#keep(byteCount) ? new Uint8Array(byteCount) : undefined;
  }

  /** It is charged once it is condensed. */
  #openDatabase(path: string, byteCount: number): Uint8Array | undefined {
    this.#flushDatabase();
    return byteCount <= documentByteLimit(path) ? this.#databases.open(path, byteCount) : undefined;
  }

  #flushDatabase(): void {
    const document = this.#databases.flush((path, byteCount) => {
      const fits = byteCount <= this.#options.limits.documentBytes && this.#keep(byteCount);
      if (!fits) this.#warnTooLarge(path, byteCount);
      return fits;
    });
    if (document !== undefined) this.#documents.push(document);
  }

  /** Gives back what a layer that failed in the middle has borrowed. */
  release(): void {
    this.#databases.release();
    this.#archives.release();
  }

  #keep(byteCount: number): boolean {
    const { limits, budget } = this.#options;
    const fits = this.#documentBytes + byteCount <= limits.documentBytesPerLayer && budget.takeDocument(byteCount);
    if (fits) this.#documentBytes += byteCount;
    return fits;
  }

  #giveBack(byteCount: number): void {
    this.#documentBytes -= byteCount;
    this.#options.budget.returnDocument(byteCount);
  }

  #warnTooLarge(path: string, byteCount: number): void {
    const message = `${byteCount} bytes: too large to be read as a package database`;
    this.#report({ code: "limit-exceeded", severity: "warning", source: "", path, message });
  }

  #warn(path: Uint8Array, message: string): void {
    this.#report({ code: "bad-tar", severity: "warning", source: "", path: displayPath(path), message });
  }

  #report(problem: Problem): void {
    if (this.#problems.length < this.#options.limits.problems) this.#problems.push(problem);
    else this.#unlistedProblems++;
  }
}

function unlisted(count: number): Problem {
  const message = `${count} more problems of this layer are not listed`;
  return { code: "limit-exceeded", severity: "warning", source: "", path: "", message };
}
