import { createHash, type Hash } from "node:crypto";
import { createReadStream, createWriteStream, mkdirSync, renameSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { sha256 } from "./image-archive.ts";
import { buildMember, type TarMember } from "./tar.ts";

const MANIFEST_TYPE = "application/vnd.oci.image.manifest.v1+json";
const CHUNK_BYTES = 1024 ** 2;
const TAR_END = Buffer.alloc(1024);

/** A layer: any number of members in order. */
export type LayerMembers = Iterable<TarMember>;

interface WrittenLayer {
  readonly digest: string;
  readonly size: number;
  readonly diffId: string;
}

/** Writes an OCI layout with one image, with layers of any size; returns the image's source. */
export async function writeStreamedLayout(folder: string, layers: readonly LayerMembers[]): Promise<string> {
  mkdirSync(join(folder, "blobs", "sha256"), { recursive: true });
  const written: WrittenLayer[] = [];
  for (const members of layers) written.push(await writeLayer(folder, toTar(members)));
  writeImage(folder, written);
  return `oci:${folder}`;
}

/** Writes a blob that is already a layer; the digests are computed from its bytes. */
export async function writeLayer(folder: string, tar: Iterable<Uint8Array>): Promise<WrittenLayer> {
  const diff = createHash("sha256");
  const file = join(folder, "layer.unfinished");
  await pipeline(Readable.from(hashed(tar, diff)), createGzip({ level: 1 }), createWriteStream(file));
  const digest = await digestOfFile(file);
  const size = statSync(file).size;
  renameSync(file, join(folder, "blobs", "sha256", digest));
  return { digest, size, diffId: `sha256:${diff.digest("hex")}` };
}

/** Writes manifest, config and index for existing layers. */
export function writeImage(folder: string, layers: readonly WrittenLayer[]): void {
  const put = (value: object) => {
    const bytes = Buffer.from(JSON.stringify(value));
    writeFileSync(join(folder, "blobs", "sha256", sha256(bytes)), bytes);
    return { digest: `sha256:${sha256(bytes)}`, size: bytes.length };
  };
  const config = put({
    os: "linux",
    architecture: "amd64",
    rootfs: { type: "layers", diff_ids: layers.map(({ diffId }) => diffId) },
  });
  const mediaType = "application/vnd.oci.image.layer.v1.tar+gzip";
  const manifest = put({
    schemaVersion: 2,
    mediaType: MANIFEST_TYPE,
    config: { mediaType: "application/vnd.oci.image.config.v1+json", ...config },
    layers: layers.map(({ digest, size }) => ({ mediaType, digest: `sha256:${digest}`, size })),
  });
  const manifests = [{ mediaType: MANIFEST_TYPE, ...manifest }];
  writeFileSync(join(folder, "index.json"), JSON.stringify({ schemaVersion: 2, manifests }));
  writeFileSync(join(folder, "oci-layout"), '{"imageLayoutVersion":"1.0.0"}');
}

/** A tar's bytes in pieces of a mebibyte. */
function* toTar(members: LayerMembers): Generator<Uint8Array> {
  let pieces: Uint8Array[] = [];
  let byteCount = 0;
  for (const member of members) {
    const piece = buildMember(member);
    pieces.push(piece);
    byteCount += piece.length;
    if (byteCount < CHUNK_BYTES) continue;
    yield Buffer.concat(pieces);
    pieces = [];
    byteCount = 0;
  }
  yield Buffer.concat([...pieces, TAR_END]);
}

function* hashed(chunks: Iterable<Uint8Array>, hash: Hash): Generator<Uint8Array> {
  for (const chunk of chunks) {
    hash.update(chunk);
    yield chunk;
  }
}

async function digestOfFile(file: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(file), hash);
  return hash.digest("hex");
}
