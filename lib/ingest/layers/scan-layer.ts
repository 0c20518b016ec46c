import { createHash } from "node:crypto";
import { decompress, releaseChunk, sniffStream } from "#lib/formats/compression/index.ts";
import { TarParser, type TarSink } from "#lib/formats/tar/index.ts";
import type { ChunkSizes } from "#lib/model/chunk.ts";
import { type DiffId, digestOf } from "#lib/model/digest.ts";
import type { LayerScan } from "#lib/model/layer.ts";
import { LayerRecorder } from "./layer-recorder.ts";
import { SCAN_LIMITS, type ScanLimits } from "./limits.ts";
import { ScanBudget } from "./scan-budget.ts";

export interface ScanLayerOptions {
  /** Whether the file at this path is kept whole (see documents.ts). */
  readonly isDocument: (path: string) => boolean;
  readonly limits?: ScanLimits;
  /** Shared by all layers of one scan; default: a separate budget. */
  readonly budget?: ScanBudget;
  /** Also cuts the bodies into chunks of these sizes. */
  readonly chunks?: ChunkSizes;
  /** Also keeps the extended attributes of the entries, and the dynamic symbols of programs. */
  readonly isMoved?: boolean;
  /** Receives the members in place of the recorder, to which it must pass everything. */
  readonly wrap?: (recorder: TarSink) => TarSink;
  /** Called with the number of bytes as the blob is read. */
  readonly onRead?: (byteCount: number) => void;
}

/**
 * Reads a layer's blob once, to its last byte: both digests, every entry, the hash of every body, the documents. A sparse file's
 * content is its stored bytes, without holes. Problems have no `source`: the caller knows it.
 *
 * Throws InputError (`bad-tar`, `bad-compression`, `truncated`, `limit-exceeded`) whose place is an entry's path or a byte offset
 * in the layer.
 */
export async function scanLayer(blob: AsyncIterable<Uint8Array>, options: ScanLayerOptions): Promise<LayerScan> {
  const {
    isDocument,
    limits = SCAN_LIMITS,
    budget = ScanBudget.open(),
    chunks: chunkSizes,
    isMoved = false,
    onRead,
  } = options;
  const stored = new StreamMeter(onRead);
  const { compression, chunks } = await sniffStream(stored.measure(blob));
  // An uncompressed blob is its own tar: hashed once.
  const tar = compression === "none" ? stored : new StreamMeter();
  const stream = decompress(chunks, { compression });
  const recorder = new LayerRecorder({ isDocument, limits, budget, chunks: chunkSizes, isMoved });
  const parser = new TarParser(options.wrap?.(recorder) ?? recorder);
  try {
    for await (const chunk of tar === stored ? stream : tar.measure(stream)) {
      parser.write(chunk);
      if (compression !== "none") releaseChunk(chunk);
    }
    parser.end();
    const digest = stored.digest();
    return {
      diffId: (tar === stored ? digest : tar.digest()) as DiffId,
      digest,
      downloadSize: stored.byteCount,
      compression,
      tarSize: tar.byteCount,
      ...recorder.finish(),
    };
  } finally {
    recorder.release();
  }
}

/** SHA-256 and length of a stream. */
class StreamMeter {
  byteCount = 0;
  readonly #hash = createHash("sha256");
  readonly #onRead: ((byteCount: number) => void) | undefined;

  constructor(onRead?: (byteCount: number) => void) {
    this.#onRead = onRead;
  }

  async *measure(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of chunks) {
      this.#hash.update(chunk);
      this.byteCount += chunk.length;
      this.#onRead?.(chunk.length);
      yield chunk;
    }
  }

  digest() {
    return digestOf(this.#hash.digest());
  }
}
