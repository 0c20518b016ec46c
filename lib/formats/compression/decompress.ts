import { createBrotliDecompress, createGunzip, createZstdDecompress, constants as zlib } from "node:zlib";
import type { Compression } from "#lib/model/layer.ts";
import { InputError } from "#lib/model/problem.ts";
import { checkExpansion } from "./expansion.ts";
import { EXPANSION_LIMITS, type ExpansionLimits, MAX_ZSTD_WINDOW_LOG, OUTPUT_CHUNK_BYTES } from "./limits.ts";
import { decompressXz } from "./xz.ts";
import { ZstdFrameCutter } from "./zstd-frames.ts";

/** The compressions that are read, by their names in binary caches: those of layers, and two more. */
export const STREAM_COMPRESSIONS = ["zstd", "xz", "br", "gzip", "none"] as const satisfies readonly (
  | Compression
  | "br"
  | "xz"
)[];
export type StreamCompression = (typeof STREAM_COMPRESSIONS)[number];

export function isStreamCompression(name: string): name is StreamCompression {
  return STREAM_COMPRESSIONS.some((known) => known === name);
}

export interface DecompressOptions {
  readonly compression: StreamCompression;
  readonly limits?: ExpansionLimits;
  /** Maximum bytes of one uncompressed chunk. */
  readonly chunkBytes?: number;
}

type NodeCompression = "gzip" | "zstd" | "br";
type Decoder = ReturnType<typeof createGunzip | typeof createZstdDecompress | typeof createBrotliDecompress>;

/**
 * The uncompressed stream, in chunks of at most `chunkBytes` ("none": the original chunks; "xz": of 64 KiB, decoded in this
 * thread). The decoder works one chunk ahead on a pool thread while the caller uses the last one. Every byte of the input is
 * read, including zero padding after the last gzip member.
 *
 * Throws InputError: `truncated`, `bad-compression`, `limit-exceeded`, with the offset in the compressed stream as place. Errors
 * of `chunks` itself pass unchanged.
 */
export async function* decompress(
  chunks: AsyncIterable<Uint8Array>,
  { compression, limits = EXPANSION_LIMITS, chunkBytes = OUTPUT_CHUNK_BYTES }: DecompressOptions,
): AsyncGenerator<Uint8Array> {
  if (compression === "none") yield* chunks;
  else if (compression === "xz") yield* decompressXz(chunks, limits);
  else yield* new Decompression({ compression, limits, chunkBytes }).run(chunks);
}

class Decompression {
  readonly #limits: ExpansionLimits;
  readonly #decoder: Decoder;
  readonly #frames: ZstdFrameCutter | undefined;
  #written = 0;
  #expanded = 0;
  #closed = false;
  #wake: () => void = () => {};

  constructor(options: { compression: NodeCompression; limits: ExpansionLimits; chunkBytes: number }) {
    const { compression, limits, chunkBytes } = options;
    this.#limits = limits;
    this.#frames = compression === "zstd" ? new ZstdFrameCutter() : undefined;
    this.#decoder = openDecoder(compression, chunkBytes);
    this.#decoder.once("close", () => {
      this.#closed = true;
      this.#wake();
    });
  }

  async *run(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    const feeding = this.#feed(chunks);
    // A failed read must reach the loop below, which waits for the decoder and not for its input.
    feeding.catch((error: Error) => this.#decoder.destroy(error));
    try {
      for await (const chunk of this.#decoder as AsyncIterable<Uint8Array>) {
        this.#checkExpansion(chunk.length);
        yield chunk;
      }
      await feeding;
    } catch (cause) {
      throw this.#toInputError(cause);
    } finally {
      this.#decoder.destroy();
    }
  }

  /** Writes every chunk; bytes after the last gzip member are checked here, not by the decoder. */
  async #feed(chunks: AsyncIterable<Uint8Array>): Promise<void> {
    let ended = false;
    for await (const chunk of chunks) {
      if (ended) requireZeros(chunk, this.#written);
      else if (this.#closed) return;
      else ended = await this.#writeAll(chunk);
    }
    if (ended || this.#closed) return;
    if (this.#frames?.atFrameEnd === false) throw this.#truncated();
    if (this.#frames?.sawFrame === false) this.#decoder.push(null);
    else this.#decoder.end();
  }

  /** True if the decoder has left bytes over, because the stream has ended for it. */
  async #writeAll(chunk: Uint8Array): Promise<boolean> {
    for (const piece of this.#frames?.cut(chunk) ?? [chunk]) {
      await this.#write(piece);
      this.#written += piece.length;
      const behind = this.#written - this.#decoder.bytesWritten;
      if (this.#closed || behind === 0) continue;
      requireZeros(piece.subarray(piece.length - behind), this.#decoder.bytesWritten);
      return true;
    }
    return false;
  }

  /** A decoder destroyed in the middle of a write never calls back; it emits `close`. */
  #write(piece: Uint8Array): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
      if (this.#closed || piece.length === 0) resolve();
      else this.#decoder.write(piece, () => resolve());
    });
  }

  #checkExpansion(byteCount: number): void {
    this.#expanded += byteCount;
    checkExpansion(this.#limits, { read: this.#decoder.bytesWritten, expanded: this.#expanded });
  }

  #truncated(cause?: unknown): InputError {
    return new InputError("truncated", `byte ${this.#written}`, "the compressed stream ends too early", { cause });
  }

  #toInputError(cause: unknown): unknown {
    if (!(cause instanceof Error) || !("errno" in cause) || !("code" in cause)) return cause;
    const code = String(cause.code);
    if (code === "Z_BUF_ERROR") return this.#truncated(cause);
    const place = `byte ${this.#decoder.bytesWritten}`;
    if (code === "ZSTD_error_frameParameter_windowTooLarge") {
      const message = `a zstd window over ${2 ** MAX_ZSTD_WINDOW_LOG} bytes; compress it again without --long and --ultra`;
      return new InputError("limit-exceeded", place, message, { cause });
    }
    // Brotli's codes are made of its library's names: ERR__ERROR_FORMAT_PADDING_1.
    const known = /^(Z_|ZSTD_|ERR__ERROR_)/.test(code);
    return known ? new InputError("bad-compression", place, cause.message, { cause }) : cause;
  }
}

/** Brotli's window has at most 16 MiB (RFC 7932, 9.1): longer ones are an extension that Node leaves off. */
function openDecoder(compression: NodeCompression, chunkSize: number): Decoder {
  if (compression === "gzip") return createGunzip({ chunkSize });
  if (compression === "br") return createBrotliDecompress({ chunkSize });
  return createZstdDecompress({ chunkSize, params: { [zlib.ZSTD_d_windowLogMax]: MAX_ZSTD_WINDOW_LOG } });
}

/** gzip(1) and tape drives pad with zeros after the last member; any other bytes there are damage. */
function requireZeros(bytes: Uint8Array, offset: number): void {
  if (bytes.every((byte) => byte === 0)) return;
  throw new InputError("bad-compression", `byte ${offset}`, "data other than padding after the compressed stream");
}
