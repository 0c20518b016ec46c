import { unreadArchiveFacts } from "#lib/formats/jar/archive-facts.ts";
import { condenseArchive } from "#lib/formats/jar/read-archive.ts";
import type { LayerDocument } from "#lib/model/layer.ts";
import type { Problem } from "#lib/model/problem.ts";
import { MAX_INFLATED_BYTES_PER_LAYER } from "./limits.ts";
import type { ScanBudget } from "./scan-budget.ts";

export interface ArchiveReaderOptions {
  readonly budget: ScanBudget;
  /** Whether so many bytes may be kept with the layer. */
  readonly keep: (byteCount: number) => boolean;
  readonly report: (problem: Problem) => void;
}

interface OpenArchive {
  readonly path: string;
  readonly byteCount: number;
  /** Not read, because it is too large. */
  readonly isSkipped: boolean;
  read: number;
  /** The archive so far; `undefined` as long as it may come in one piece. */
  bytes: Uint8Array | undefined;
}

/**
 * Reads the Java archives of a layer while their bodies go by. Their directory is at their end, so that an archive is in memory as a
 * whole, one at a time; a few hundred bytes of it are kept. One that comes in a single piece is read in place.
 */
export class ArchiveReader {
  readonly documents: LayerDocument[] = [];
  readonly #options: ArchiveReaderOptions;
  #archive: OpenArchive | undefined;
  #facts: Uint8Array | undefined;
  #inflatedBytes = 0;

  constructor(options: ArchiveReaderOptions) {
    this.#options = options;
  }

  /** Of an archive that is too large only its name is kept; this is reported. */
  start(path: string, byteCount: number): void {
    const isSkipped = !this.#options.budget.borrowArchive(byteCount);
    this.#facts = isSkipped ? unreadArchiveFacts() : undefined;
    this.#archive = { path, byteCount, isSkipped, read: 0, bytes: undefined };
    const message = `${byteCount} bytes: too large to be read as a Java archive`;
    if (isSkipped) this.#warn(path, { code: "limit-exceeded", message });
  }

  push(piece: Uint8Array): void {
    const archive = this.#archive!;
    if (archive.isSkipped) return;
    if (piece.length === archive.byteCount) this.#facts = this.#condense(archive, piece);
    else {
      archive.bytes ??= new Uint8Array(archive.byteCount);
      archive.bytes.set(piece, archive.read);
    }
    archive.read += piece.length;
  }

  /** Ends the archive of this row. */
  end(row: number): void {
    const archive = this.#archive!;
    const body = archive.bytes === undefined ? this.#facts : this.#condense(archive, archive.bytes);
    this.release();
    if (body === undefined) return;
    if (this.#options.keep(body.length)) this.documents.push({ entry: row, body });
    else this.#warn(archive.path, { code: "limit-exceeded", message: "the layer has too many package databases" });
  }

  /** Gives the memory back, also of a layer that failed in the middle. */
  release(): void {
    if (this.#archive === undefined) return;
    const { byteCount, bytes, isSkipped } = this.#archive;
    this.#archive = undefined;
    // At once, not when garbage is collected: the next archive takes as much.
    if (bytes?.buffer instanceof ArrayBuffer) bytes.buffer.transfer(0);
    if (!isSkipped) this.#options.budget.returnArchive(byteCount);
  }

  #condense({ path }: OpenArchive, bytes: Uint8Array): Uint8Array {
    const { value, problems } = condenseArchive(bytes, (byteCount) => this.#spend(byteCount));
    const [first] = problems;
    const others = problems.length < 2 ? "" : `; and ${problems.length - 1} more faults`;
    if (first !== undefined) this.#warn(path, { ...first, message: `${first.message}${others}` });
    return value;
  }

  #spend(byteCount: number): boolean {
    const fits = this.#inflatedBytes + byteCount <= MAX_INFLATED_BYTES_PER_LAYER;
    if (fits) this.#inflatedBytes += byteCount;
    return fits;
  }

  #warn(path: string, { code, message }: Pick<Problem, "code" | "message">): void {
    this.#options.report({ code, severity: "warning", source: "", path, message });
  }
}
