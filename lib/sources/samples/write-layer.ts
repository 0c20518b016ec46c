import { createHash } from "node:crypto";
import { createReadStream, createWriteStream, mkdirSync, readFileSync, renameSync, statSync } from "node:fs";
import { join } from "node:path";
import { PassThrough, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { constants, createZstdCompress } from "node:zlib";
import { pack as openTar, type Pack } from "tar-stream";
import type { LayerEntry } from "./layer-entries.ts";

/** A written layer: both digests, and the fields of its descriptor. */
export interface WrittenBlob {
  /** `sha256:` and 64 hex digits, of the stored bytes. */
  readonly digest: string;
  readonly byteCount: number;
}

export interface WrittenLayer extends WrittenBlob {
  readonly diffId: string;
}

type Headers = Parameters<Pack["entry"]>[0];

/** The same date in every entry, so that the same files give the same digest: 2026-01-01. */
const MTIME = new Date(Date.UTC(2026, 0, 1));
/** Four times faster than the default and a tenth larger. */
const ZSTD_LEVEL = 1;
/** Bodies from this size on are streamed instead of read whole. */
const STREAMED_FROM = 1 << 20;

/** Writes one layer into the layout `folder` as tar + zstd (image-spec `layer.md`). */
export async function writeLayer(folder: string, entries: readonly LayerEntry[]): Promise<WrittenLayer> {
  const tar = openTar();
  const diffId = createHash("sha256");
  const digest = createHash("sha256");
  const unfinished = join(folder, "blobs", "sha256", "unfinished");
  mkdirSync(join(folder, "blobs", "sha256"), { recursive: true });
  const writing = pipeline(
    tar.pipe(new PassThrough()),
    hashing(diffId.update.bind(diffId)),
    createZstdCompress({ params: { [constants.ZSTD_c_compressionLevel]: ZSTD_LEVEL } }),
    hashing(digest.update.bind(digest)),
    createWriteStream(unfinished),
  );
  await Promise.all([writing, addEntries(tar, entries)]);
  const hex = digest.digest("hex");
  renameSync(unfinished, join(folder, "blobs", "sha256", hex));
  const byteCount = statSync(join(folder, "blobs", "sha256", hex)).size;
  return { digest: `sha256:${hex}`, byteCount, diffId: `sha256:${diffId.digest("hex")}` };
}

function hashing(update: (chunk: Uint8Array) => unknown): Transform {
  return new Transform({
    transform(chunk: Uint8Array, _encoding, done) {
      update(chunk);
      done(null, chunk);
    },
  });
}

async function addEntries(tar: Pack, entries: readonly LayerEntry[]): Promise<void> {
  for (const entry of entries) await addEntry(tar, entry);
  tar.finalize();
}

async function addEntry(tar: Pack, entry: LayerEntry): Promise<void> {
  const headers = toHeaders(entry);
  const body = entry.body;
  if (body === undefined || body instanceof Uint8Array) return addWhole(tar, headers, body ?? new Uint8Array(0));
  const byteCount = statSync(body.file).size;
  if (byteCount < STREAMED_FROM) return addWhole(tar, headers, readFileSync(body.file));
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const sink = tar.entry({ ...headers, size: byteCount }, (error) => (error ? reject(error) : resolve()));
  createReadStream(body.file).on("error", reject).pipe(sink);
  return promise;
}

function addWhole(tar: Pack, headers: Headers, body: Uint8Array): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  tar.entry(headers, Buffer.from(body.buffer, body.byteOffset, body.byteLength), (error) =>
    error ? reject(error) : resolve(),
  );
  return promise;
}

/** Owner, date and mode are fixed, however the packages were installed. */
function toHeaders({ path, kind, executable }: LayerEntry): Headers {
  const common = { mtime: MTIME, uid: 0, gid: 0 };
  if (kind === "directory") return { ...common, name: `${path}/`, type: "directory", mode: 0o755 };
  return { ...common, name: path, type: "file", mode: executable ? 0o755 : 0o644 };
}
