import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync, zstdCompressSync } from "node:zlib";

interface Descriptor {
  mediaType: string;
  digest: string;
  size: number;
}

interface Manifest {
  config: Descriptor;
  layers: Descriptor[];
}

/** Writes the images of a gzip OCI layout as a zstd one: other blobs and manifests, the same configs and diffIDs. */
export function writeZstdLayout(from: string, to: string): void {
  mkdirSync(join(to, "blobs/sha256"), { recursive: true });
  writeFileSync(join(to, "oci-layout"), '{"imageLayoutVersion":"1.0.0"}');
  const index = readJson<{ manifests: Descriptor[] }>(join(from, "index.json"));
  const recompressed = new Map<string, Descriptor>();
  index.manifests = index.manifests.map((descriptor) => {
    const manifest = readJson<Manifest>(blobPath(from, descriptor.digest));
    writeBlob(to, readFileSync(blobPath(from, manifest.config.digest)));
    manifest.layers = manifest.layers.map((layer) => {
      const known = recompressed.get(layer.digest) ?? recompress(from, to, layer);
      recompressed.set(layer.digest, known);
      return known;
    });
    return { ...descriptor, ...writeBlob(to, Buffer.from(JSON.stringify(manifest))) };
  });
  writeFileSync(join(to, "index.json"), JSON.stringify(index));
}

function recompress(from: string, to: string, layer: Descriptor): Descriptor {
  const tar = gunzipSync(readFileSync(blobPath(from, layer.digest)));
  return { mediaType: "application/vnd.oci.image.layer.v1.tar+zstd", ...writeBlob(to, zstdCompressSync(tar)) };
}

function writeBlob(layout: string, bytes: Uint8Array): { digest: string; size: number } {
  const digest = `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
  writeFileSync(blobPath(layout, digest), bytes);
  return { digest, size: bytes.length };
}

function blobPath(layout: string, digest: string): string {
  return join(layout, "blobs", digest.replace(":", "/"));
}

function readJson<T>(file: string): T {
  return JSON.parse(readFileSync(file, "utf8")) as T;
}
