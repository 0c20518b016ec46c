import { createHash } from "node:crypto";
import { gunzipSync } from "node:zlib";
import { buildTar, type TarMember } from "./tar.ts";

export function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** False statements about an image in a test. */
export interface ArchiveOptions {
  readonly name?: string;
  /** Several tags instead of one. */
  readonly names?: readonly string[];
  /** Instead of the layers' own, for layers that cannot be decompressed here. */
  readonly diffIds?: readonly string[];
  readonly config?: object;
  /** Appended after the image's own members. */
  readonly more?: readonly TarMember[];
}

/** A `docker save` archive of one image with these layers, gzip or not. */
export function buildDockerArchive(layers: readonly Uint8Array[], options: ArchiveOptions = {}): Uint8Array {
  const diffIds = options.diffIds ?? layers.map((layer) => `sha256:${sha256(uncompressed(layer))}`);
  const config = JSON.stringify({
    os: "linux",
    architecture: "amd64",
    rootfs: { type: "layers", diff_ids: diffIds },
    ...options.config,
  });
  const configPath = `${sha256(Buffer.from(config))}.json`;
  const layerPaths = layers.map((_, i) => `${i}/layer.tar`);
  const manifest = [
    { Config: configPath, RepoTags: options.names ?? [options.name ?? "test:latest"], Layers: layerPaths },
  ];
  return buildTar([
    ...layers.map((body, i) => ({ path: layerPaths[i]!, body })),
    { path: configPath, body: config },
    { path: "manifest.json", body: JSON.stringify(manifest) },
    ...(options.more ?? []),
  ]);
}

function uncompressed(layer: Uint8Array): Uint8Array {
  return layer[0] === 0x1f && layer[1] === 0x8b ? gunzipSync(layer) : layer;
}
