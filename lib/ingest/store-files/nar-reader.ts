import { createHash } from "node:crypto";
import {
  decompress,
  isStreamCompression,
  releaseChunk,
  type StreamCompression,
} from "#lib/formats/compression/index.ts";
import { NarParser, parseNarHash } from "#lib/formats/nar/index.ts";
import type { NarFile } from "#lib/model/path-info.ts";
import { InputError } from "#lib/model/problem.ts";
import { StreamList } from "../threads/stream-list.ts";
import { type ItemFault, ItemParts, type ItemPartsOptions } from "./item-parts.ts";
import { checkArchive, type ItemToRead, noHash } from "./item-reader.ts";
import type { ItemRecorder } from "./item-recorder.ts";

const MIB = 1024 ** 2;

/** A store item to read from its compressed NAR, and what its narinfo says of both. */
export interface NarToRead extends ItemToRead {
  readonly file: NarFile;
}

/** Compressed bytes that a NAR may have. Without a file size: what does not compress gets longer by five bytes in each 16 KiB. */
export function maxStoredBytes({ file, narSize }: NarToRead): number {
  return file.fileSize ?? narSize + Math.ceil(narSize / 1000) + MIB;
}

/**
 * Reads the files of items from their compressed NARs, which `stored` has joined: in one pass, and none whole in memory. Neither
 * the compressed nor the uncompressed bytes may be more than the narinfo says, and both must have its hashes: any other item is
 * returned as a fault, and nothing of it is kept. Throws an InputError (`limit-exceeded`) if the files have too many chunks, and
 * the errors of the stream.
 */
export async function readNars(
  nars: readonly NarToRead[],
  stored: AsyncIterable<Uint8Array>,
  options: ItemPartsOptions,
): Promise<ItemFault[]> {
  const parts = new ItemParts(options);
  const streams = new StreamList(stored);
  for (const nar of nars) {
    const fault = await streams.use((stream) => findFault(nar, stream, parts.recorder));
    parts.end(nar.item, fault);
  }
  return parts.finish();
}

async function findFault(nar: NarToRead, stored: AsyncIterable<Uint8Array>, recorder: ItemRecorder) {
  const wanted = parseNarHash(nar.narHash);
  if (wanted === undefined) return noHash("narinfo");
  const { compression } = nar.file;
  if (!isStreamCompression(compression)) return new InputError("unsupported", "", `a NAR in ${compression}`);
  const meter = new StoredMeter(nar);
  recorder.startItem();
  try {
    const parser = new NarParser(recorder);
    for await (const chunk of bound(expand(meter.measure(stored), compression), nar.narSize)) {
      parser.write(chunk);
      if (compression !== "none") releaseChunk(chunk);
    }
    parser.end();
    meter.check();
  } catch (error) {
    if (error instanceof InputError && !recorder.isSpent) return error;
    throw error;
  }
  return checkArchive(recorder.endArchive(), { narSize: nar.narSize, wanted, says: "narinfo" });
}

/** Errors of a decoder name a byte, which is no place inside the item. */
async function* expand(chunks: AsyncIterable<Uint8Array>, compression: StreamCompression): AsyncGenerator<Uint8Array> {
  try {
    yield* decompress(chunks, { compression });
  } catch (cause) {
    if (!(cause instanceof InputError) || cause.place === "") throw cause;
    throw new InputError(cause.code, "", `${cause.message} (${cause.place} of its compressed NAR)`, { cause });
  }
}

/** Throws an InputError at the first chunk with more bytes than the narinfo says: how far a bomb expands does not matter then. */
async function* bound(chunks: AsyncIterable<Uint8Array>, narSize: number): AsyncGenerator<Uint8Array> {
  let byteCount = 0;
  for await (const chunk of chunks) {
    byteCount += chunk.length;
    if (byteCount > narSize)
      throw new InputError("nar-mismatch", "", `expands to more than the ${narSize} bytes in its narinfo`);
    yield chunk;
  }
}

/** Length and SHA-256 of the compressed bytes, against the narinfo. */
class StoredMeter {
  readonly #file: NarFile;
  readonly #maxBytes: number;
  readonly #hash = createHash("sha256");
  #byteCount = 0;

  constructor(nar: NarToRead) {
    this.#file = nar.file;
    this.#maxBytes = maxStoredBytes(nar);
  }

  async *measure(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of chunks) {
      this.#byteCount += chunk.length;
      if (this.#byteCount > this.#maxBytes) throw this.#wrongLength(`more than ${this.#maxBytes}`);
      this.#hash.update(chunk);
      yield chunk;
    }
    // Before the decoder sees the end, because it would call a shorter file damaged.
    this.#checkLength();
  }

  /** Throws an InputError if the file that was read is not the narinfo's. */
  check(): void {
    const wanted = parseNarHash(this.#file.fileHash);
    if (this.#file.fileHash !== "" && wanted === undefined)
      throw new InputError("digest-mismatch", "", "its narinfo has a file hash that is not SHA-256");
    if (wanted === undefined || Buffer.compare(this.#hash.digest(), wanted) === 0) return;
    throw new InputError("digest-mismatch", "", "its compressed NAR does not have the file hash in the narinfo");
  }

  #checkLength(): void {
    const { fileSize } = this.#file;
    if (fileSize !== undefined && this.#byteCount !== fileSize) throw this.#wrongLength(`${this.#byteCount}`);
  }

  #wrongLength(got: string): InputError {
    const expected = this.#file.fileSize === undefined ? "" : `expected ${this.#file.fileSize}, `;
    return new InputError("size-mismatch", "", `the length of its compressed NAR: ${expected}got ${got} bytes`);
  }
}
