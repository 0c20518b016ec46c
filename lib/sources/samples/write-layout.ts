import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { WrittenBlob, WrittenLayer } from "./write-layer.ts";

/** A layer at its position in an image. */
export interface PlacedLayer extends WrittenLayer {
  readonly createdBy: string;
}

export interface SampleImage {
  readonly name: string;
  readonly layers: readonly PlacedLayer[];
}

const CREATED = "2026-01-01T00:00:00Z";
const MEDIA_TYPE = {
  index: "application/vnd.oci.image.index.v1+json",
  manifest: "application/vnd.oci.image.manifest.v1+json",
  config: "application/vnd.oci.image.config.v1+json",
  layer: "application/vnd.oci.image.layer.v1.tar+zstd",
} as const;
/** GOARCH names of Node's architectures, as image-spec `config.md` requires. */
const ARCHITECTURES: Readonly<Record<string, string>> = { x64: "amd64", ia32: "386" };

/** Writes manifests, configs and the index for existing layers (image-spec `image-layout.md`). */
export function writeLayout(folder: string, images: readonly SampleImage[]): void {
  const manifests = images.map((image) => ({
    mediaType: MEDIA_TYPE.manifest,
    ...toDescriptor(writeManifest(folder, image)),
    annotations: { "org.opencontainers.image.ref.name": image.name },
  }));
  writeFileSync(join(folder, "oci-layout"), JSON.stringify({ imageLayoutVersion: "1.0.0" }));
  writeFileSync(
    join(folder, "index.json"),
    JSON.stringify({ schemaVersion: 2, mediaType: MEDIA_TYPE.index, manifests }),
  );
}

function writeManifest(folder: string, image: SampleImage): WrittenBlob {
  const config = writeJsonBlob(folder, toConfig(image));
  return writeJsonBlob(folder, {
    schemaVersion: 2,
    mediaType: MEDIA_TYPE.manifest,
    config: { mediaType: MEDIA_TYPE.config, ...toDescriptor(config) },
    layers: image.layers.map((layer) => ({ mediaType: MEDIA_TYPE.layer, ...toDescriptor(layer) })),
  });
}

function toConfig({ layers }: SampleImage): object {
  return {
    created: CREATED,
    architecture: ARCHITECTURES[process.arch] ?? process.arch,
    os: process.platform,
    config: {
      Entrypoint: ["/usr/local/bin/node"],
      Cmd: ["/app/server.js"],
      WorkingDir: "/app",
      Env: ["PATH=/usr/local/bin"],
    },
    rootfs: { type: "layers", diff_ids: layers.map((layer) => layer.diffId) },
    history: layers.map((layer) => ({ created: CREATED, created_by: layer.createdBy })),
  };
}

function toDescriptor({ digest, byteCount }: WrittenBlob): { digest: string; size: number } {
  return { digest, size: byteCount };
}

function writeJsonBlob(folder: string, value: object): WrittenBlob {
  const bytes = Buffer.from(JSON.stringify(value));
  const hex = createHash("sha256").update(bytes).digest("hex");
  mkdirSync(join(folder, "blobs", "sha256"), { recursive: true });
  writeFileSync(join(folder, "blobs", "sha256", hex), bytes);
  return { digest: `sha256:${hex}`, byteCount: bytes.length };
}
