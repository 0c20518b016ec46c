import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync, gzipSync, zstdCompressSync } from "node:zlib";
import { buildTar } from "./tar.ts";

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

/** Writes the images of a gzip OCI layout as one `docker save`, compressed as a whole: layers uncompressed, named by diffID. */
export function writeDockerSave(from: string, file: string): void {
  const members = new Map<string, Uint8Array>();
  const index = readJson<{ manifests: (Descriptor & { annotations: Record<string, string> })[] }>(
    join(from, "index.json"),
  );
  const images = index.manifests.map(({ digest, annotations }) => {
    const manifest = readJson<Manifest>(blobPath(from, digest));
    const config = readFileSync(blobPath(from, manifest.config.digest));
    const diffIds = (JSON.parse(config.toString()) as { rootfs: { diff_ids: string[] } }).rootfs.diff_ids;
    const layers = manifest.layers.map((layer, i) => {
      const path = `${diffIds[i]!.slice("sha256:".length)}.tar`;
      if (!members.has(path)) members.set(path, gunzipSync(readFileSync(blobPath(from, layer.digest))));
      return path;
    });
    const configPath = `${manifest.config.digest.slice("sha256:".length)}.json`;
    members.set(configPath, config);
    return { Config: configPath, RepoTags: [`localhost/${annotations[REF_NAME]}:latest`], Layers: layers };
  });
  members.set("manifest.json", Buffer.from(JSON.stringify(images)));
  const tar = buildTar([...members].map(([path, body]) => ({ path, body })));
  writeFileSync(file, gzipSync(tar, { level: 1 }));
}

const REF_NAME = "org.opencontainers.image.ref.name";

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
