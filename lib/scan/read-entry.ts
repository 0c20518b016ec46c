import { createHash } from "node:crypto";
import { decompress, sniffStream } from "#lib/formats/compression/index.ts";
import { MAX_ELF_BYTES } from "#lib/formats/elf/index.ts";
import { normalisePath, type TarEntry, TarParser, type TarSink } from "#lib/formats/tar/index.ts";
import { digestOf } from "#lib/model/digest.ts";
import { displayPath } from "#lib/model/layer.ts";
import type { FileContent } from "#lib/model/opened-file.ts";
import { InputError } from "#lib/model/problem.ts";

/** Bytes kept of a file that is no ELF file: more than a page shows. */
export const MAX_FILE_BYTES = 1024 ** 2;

const ELF_MAGIC = Buffer.from("\x7fELF", "latin1");

/** The beginning of a body, and its digest. */
export class BodyKeeper {
  readonly #hash = createHash("sha256");
  readonly #pieces: Uint8Array[] = [];
  #kept = 0;
  #limit = MAX_ELF_BYTES;
  #isSniffed = false;
  byteCount = 0;

  add(piece: Uint8Array): void {
    this.#hash.update(piece);
    this.byteCount += piece.length;
    const room = this.#limit - this.#kept;
    if (room <= 0) return;
    // Copied: the piece is a view of a whole chunk.
    const taken = piece.slice(0, room);
    this.#pieces.push(taken);
    this.#kept += taken.length;
    this.#sniff();
  }

  /** An ELF header names parts anywhere in its file; of other files only the beginning is shown. */
  #sniff(): void {
    if (this.#isSniffed || this.#kept < ELF_MAGIC.length) return;
    this.#isSniffed = true;
    const head = Buffer.concat(this.#pieces);
    if (!head.subarray(0, ELF_MAGIC.length).equals(ELF_MAGIC)) this.#limit = MAX_FILE_BYTES;
  }

  /** Throws an InputError if it is not this content. */
  finish({ digest, byteCount }: FileContent): Uint8Array {
    if (this.byteCount !== byteCount || digestOf(this.#hash.digest()) !== digest)
      throw new InputError("digest-mismatch", "", CHANGED);
    const bytes = Buffer.concat(this.#pieces);
    return bytes.subarray(0, Math.min(bytes.length, this.#limit));
  }
}

const CHANGED = "the file has another content than when it was scanned";

export interface WantedEntry {
  /** Its row in the layer, and its path. */
  readonly ordinal: number;
  readonly path: string;
  readonly content: FileContent;
}

/**
 * The beginning of one file of a layer. Reads the blob only as far as the file's end. Throws an InputError if the layer does not have
 * this file there, or is damaged.
 */
export async function readEntry(blob: AsyncIterable<Uint8Array>, wanted: WantedEntry): Promise<Uint8Array> {
  const sink = new EntrySink(wanted);
  const parser = new TarParser(sink);
  const { compression, chunks } = await sniffStream(blob);
  for await (const chunk of decompress(chunks, { compression })) {
    parser.write(chunk);
    if (sink.isRead) break;
  }
  if (!sink.isRead) throw new InputError("digest-mismatch", "", "the layer has fewer files than when it was scanned");
  return sink.keeper.finish(wanted.content);
}

class EntrySink implements TarSink {
  readonly keeper = new BodyKeeper();
  readonly #wanted: WantedEntry;
  #ordinal = -1;
  isRead = false;

  constructor(wanted: WantedEntry) {
    this.#wanted = wanted;
  }

  entry({ path }: TarEntry): void {
    this.#ordinal += 1;
    if (this.#ordinal !== this.#wanted.ordinal) return;
    if (displayPath(normalisePath(path).path) !== this.#wanted.path)
      throw new InputError("digest-mismatch", "", "the layer has another file there than when it was scanned");
  }

  endEntry(): void {
    if (this.#ordinal === this.#wanted.ordinal) this.isRead = true;
  }

  body(piece: Uint8Array): void {
    if (this.#ordinal === this.#wanted.ordinal && !this.isRead) this.keeper.add(piece);
  }

  warn(): void {
    // The scan listed it.
  }
}
