import { createHash, type Hash } from "node:crypto";
import { pipeline } from "node:stream/promises";
import { createGzip, createZstdCompress, constants as zlib } from "node:zlib";
import type { DiffId, Digest } from "#lib/model/digest.ts";
import type { Blob } from "./blob-target.ts";
import type { LayerCompression } from "./image-sink.ts";
import { writeChunks } from "./write-chunks.ts";

/** The defaults of both tools. Gzip's header has no time and no name here, so that equal tars have equal blobs. */
const GZIP_LEVEL = 6;
const ZSTD_LEVEL = 3;

const COMPRESSORS = {
  gzip: () => createGzip({ level: GZIP_LEVEL }),
  zstd: () => createZstdCompress({ params: { [zlib.ZSTD_c_compressionLevel]: ZSTD_LEVEL } }),
} as const;

/** Where a compressed layer is written. */
interface LayerFile {
  readonly path: string;
  readonly compression: LayerCompression;
  /** The target in messages. */
  readonly shown: string;
  readonly signal: AbortSignal;
}

/** Compresses a tar into a new file. Errors of `tar` pass unchanged. Throws UnreachableError. */
export async function compressLayer(
  tar: AsyncIterable<Uint8Array>,
  { path, compression, shown, signal }: LayerFile,
): Promise<Blob & { readonly diffId: DiffId }> {
  const [plain, stored] = [createHash("sha256"), createHash("sha256")];
  let size = 0;
  const counted = async function* (chunks: AsyncIterable<Uint8Array>) {
    for await (const chunk of hashing(chunks, stored)) {
      size += chunk.length;
      yield chunk;
    }
  };
  await pipeline(
    hashing(tar, plain),
    COMPRESSORS[compression](),
    (chunks: AsyncIterable<Uint8Array>) => writeChunks(path, counted(chunks), shown),
    { signal },
  );
  return { digest: toDigest(stored), diffId: toDigest(plain) as DiffId, size };
}

async function* hashing(chunks: AsyncIterable<Uint8Array>, hash: Hash): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    hash.update(chunk);
    yield chunk;
  }
}

function toDigest(hash: Hash): Digest {
  return `sha256:${hash.digest("hex")}` as Digest;
}
