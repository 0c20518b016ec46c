import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "./tools.ts";

/** The date of every file and image, so that builds are identical byte for byte. */
export const EPOCH_SECONDS = 1_750_000_000;
const CREATED = new Date(EPOCH_SECONDS * 1000).toISOString().replace(".000", "");
const OCI = "application/vnd.oci.image";

export interface Descriptor {
  readonly mediaType: string;
  readonly digest: string;
  readonly size: number;
}

/** Adds an empty layout. */
export function initLayout(folder: string): void {
  mkdirSync(join(folder, "blobs/sha256"), { recursive: true });
  writeFileSync(join(folder, "oci-layout"), '{"imageLayoutVersion":"1.0.0"}');
}

/** The layout's images, by name. */
export function writeIndex(folder: string, images: Readonly<Record<string, Descriptor>>): void {
  const manifests = Object.entries(images).map(([name, descriptor]) => ({
    ...descriptor,
    annotations: { "org.opencontainers.image.ref.name": name },
  }));
  writeFileSync(join(folder, "index.json"), JSON.stringify({ schemaVersion: 2, manifests }));
}

/** Adds an image of plain tars, each with a history line; returns its manifest. */
export function addImage(
  folder: string,
  {
    layers,
    architecture,
    cmd,
  }: { layers: readonly (readonly [comment: string, Descriptor])[]; architecture: string; cmd: string },
): Descriptor {
  const blobs = layers.map(([, layer]) => layer);
  const config = addJson(folder, "config", {
    created: CREATED,
    architecture,
    os: "linux",
    config: { Env: ["PATH=/usr/sbin:/usr/bin:/sbin:/bin"], Cmd: [cmd], WorkingDir: "/" },
    rootfs: { type: "layers", diff_ids: blobs.map(({ digest }) => digest) },
    history: layers.map(([comment]) => ({ created: CREATED, created_by: "/bin/sh", comment })),
  });
  return addJson(folder, "manifest", { schemaVersion: 2, mediaType: `${OCI}.manifest.v1+json`, config, layers: blobs });
}

/** Adds an index of images for other platforms; returns it. */
export function addIndex(folder: string, manifests: Readonly<Record<string, Descriptor>>): Descriptor {
  return addJson(folder, "index", {
    schemaVersion: 2,
    mediaType: `${OCI}.index.v1+json`,
    manifests: Object.entries(manifests).map(([architecture, { mediaType, digest, size }]) => ({
      mediaType,
      digest,
      size,
      platform: { architecture, os: "linux" },
    })),
  });
}

/** Moves a tar among the blobs. */
export function addLayer(folder: string, tar: string): Descriptor {
  return addBlob(folder, `${OCI}.layer.v1.tar`, tar);
}

function addJson(folder: string, noun: string, value: object): Descriptor {
  const file = join(folder, "blob");
  writeFileSync(file, JSON.stringify(value));
  return addBlob(folder, `${OCI}.${noun}.v1+json`, file);
}

function addBlob(folder: string, mediaType: string, file: string): Descriptor {
  const hash = createHash("sha256").update(readFileSync(file)).digest("hex");
  const size = statSync(file).size;
  renameSync(file, join(folder, "blobs/sha256", hash));
  return { mediaType, digest: `sha256:${hash}`, size };
}

/** Copies an image of a layout with skopeo, which compresses plain tars. */
export function copyImage(folder: string, name: string, to: string, ...options: string[]): void {
  run("skopeo", ["--insecure-policy", "copy", "--quiet", ...options, `oci:${folder}:${name}`, to]);
}
