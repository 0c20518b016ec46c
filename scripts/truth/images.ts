import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Package } from "./packages.ts";
import { IMAGES, SAVED_IMAGES, STATIC, STATIC_ARM } from "./recipe.ts";
import { run } from "./tools.ts";

/** The date of every file and image: layers built twice are the same to the byte. */
const EPOCH_SECONDS = 1_750_000_000;
const CREATED = new Date(EPOCH_SECONDS * 1000).toISOString().replace(".000", "");
const BLOCK_BYTES = 512;
const OCI = "application/vnd.oci.image";

interface Descriptor {
  readonly mediaType: string;
  readonly digest: string;
  readonly size: number;
}

/** Where an image is built: a layout of plain tars, which skopeo then turns into the forms that tests read. */
interface Workshop {
  readonly packages: ReadonlyMap<string, Package>;
  readonly folder: string;
  /** Layers that are there, by their packages. */
  readonly layers: Map<string, Descriptor>;
}

/** Builds `oci`, `oci-zstd`, `oci-multiarch` and `docker-save-multi.tar.gz` in `target`. */
export function buildImages(packages: ReadonlyMap<string, Package>, target: string, work: string): void {
  const workshop = { packages, folder: join(work, "plain"), layers: new Map<string, Descriptor>() };
  initLayout(workshop.folder);
  const built = IMAGES.map(({ name, layers }) => named(name, buildImage(workshop, layers, "amd64")));
  const [amd64, arm64] = [STATIC, STATIC_ARM].map((key) =>
    buildImage(workshop, [[key]], key === STATIC ? "amd64" : "arm64"),
  );
  writeIndex(workshop.folder, [...built, named("amd64", amd64!), named("arm64", arm64!)]);
  for (const { name } of IMAGES) copyImage(workshop, name, `oci:${join(target, "oci")}:${name}`);
  copyImage(workshop, "amd64", `oci:${join(target, "oci-zstd")}:amd64`, "--dest-compress-format", "zstd");
  writeMultiarch(workshop, join(target, "oci-multiarch"));
  saveImages(workshop, join(target, "docker-save-multi.tar.gz"), work);
}

function initLayout(folder: string): void {
  mkdirSync(join(folder, "blobs/sha256"), { recursive: true });
  writeFileSync(join(folder, "oci-layout"), '{"imageLayoutVersion":"1.0.0"}');
}

function writeIndex(folder: string, manifests: readonly object[]): void {
  writeFileSync(join(folder, "index.json"), JSON.stringify({ schemaVersion: 2, manifests }));
}

function named(name: string, descriptor: Descriptor): object {
  return { ...descriptor, annotations: { "org.opencontainers.image.ref.name": name } };
}

/** The image's manifest. */
function buildImage(workshop: Workshop, layers: readonly (readonly string[])[], architecture: string): Descriptor {
  const blobs = layers.map((keys) => workshop.layers.get(keys.join()) ?? buildLayer(workshop, keys));
  const config = writeBlob(workshop.folder, `${OCI}.config.v1+json`, {
    created: CREATED,
    architecture,
    os: "linux",
    config: { Env: ["PATH=/usr/bin:/bin"], Cmd: ["/bin/busybox"], WorkingDir: "/" },
    rootfs: { type: "layers", diff_ids: blobs.map(({ digest }) => digest) },
    history: layers.map((keys) => ({ created: CREATED, created_by: `debs: ${keys.join(" ")}` })),
  });
  const mediaType = `${OCI}.manifest.v1+json`;
  return writeBlob(workshop.folder, mediaType, { schemaVersion: 2, mediaType, config, layers: blobs });
}

/** One tar of the packages' files, with their control files as images without a dpkg have them. */
function buildLayer(workshop: Workshop, keys: readonly string[]): Descriptor {
  const root = join(workshop.folder, "layer");
  const status = join(root, "var/lib/dpkg/status.d");
  mkdirSync(status, { recursive: true });
  for (const key of keys) {
    const { name, tree, control } = workshop.packages.get(key)!;
    run("cp", ["-a", `${tree}/.`, root]);
    writeFileSync(join(status, name), control);
  }
  const tar = join(workshop.folder, "layer.tar");
  const order = ["--sort=name", "--format=ustar", "--blocking-factor=1", "--numeric-owner", "--owner=0", "--group=0"];
  run("sh", ["-c", 'tar -C "$0" "$@" $(ls -A "$0")', root, ...order, `--mtime=@${EPOCH_SECONDS}`, "-cf", tar]);
  rmSync(root, { recursive: true });
  writeFileSync(tar, withDeviceNumbers(readFileSync(tar)));
  const layer = takeBlob(workshop.folder, `${OCI}.layer.v1.tar`, tar);
  workshop.layers.set(keys.join(), layer);
  return layer;
}

/** A ustar as Go writes it, and so every container engine: zeros where GNU tar leaves the device of a file empty. */
function withDeviceNumbers(tar: Buffer): Buffer {
  for (let at = 0; tar[at] !== 0; ) {
    const header = tar.subarray(at, at + BLOCK_BYTES);
    header.write("0000000\0".repeat(2), 329, "latin1");
    header.fill(" ", 148, 156);
    const checksum = header.reduce((sum, byte) => sum + byte, 0);
    header.write(`${checksum.toString(8).padStart(6, "0")}\0 `, 148, "latin1");
    at += BLOCK_BYTES * (1 + Math.ceil(Number.parseInt(header.toString("latin1", 124, 135), 8) / BLOCK_BYTES));
  }
  return tar;
}

function writeBlob(folder: string, mediaType: string, value: object): Descriptor {
  const file = join(folder, "blob");
  writeFileSync(file, JSON.stringify(value));
  return takeBlob(folder, mediaType, file);
}

/** Moves a file among the blobs. */
function takeBlob(folder: string, mediaType: string, file: string): Descriptor {
  const hash = createHash("sha256").update(readFileSync(file)).digest("hex");
  const size = statSync(file).size;
  renameSync(file, join(folder, "blobs/sha256", hash));
  return { mediaType, digest: `sha256:${hash}`, size };
}

function copyImage({ folder }: Workshop, name: string, to: string, ...options: string[]): void {
  run("skopeo", ["--insecure-policy", "copy", "--quiet", ...options, `oci:${folder}:${name}`, to]);
}

/** skopeo names the images it copies; an index of both is written by hand. */
function writeMultiarch(workshop: Workshop, folder: string): void {
  const platforms = ["amd64", "arm64"];
  for (const name of platforms) copyImage(workshop, name, `oci:${folder}:${name}`);
  const { manifests } = JSON.parse(readFileSync(join(folder, "index.json"), "utf8")) as { manifests: Descriptor[] };
  const mediaType = `${OCI}.index.v1+json`;
  const index = writeBlob(folder, mediaType, {
    schemaVersion: 2,
    mediaType,
    manifests: manifests.map((manifest, i) => ({
      mediaType: manifest.mediaType,
      digest: manifest.digest,
      size: manifest.size,
      platform: { architecture: platforms[i], os: "linux" },
    })),
  });
  writeIndex(folder, [named("multi", index)]);
}

/** skopeo saves one image an archive: the archives' members together, and their manifests in one list, are one of several. */
function saveImages(workshop: Workshop, to: string, work: string): void {
  const folder = join(work, "saved");
  mkdirSync(folder);
  const manifests = SAVED_IMAGES.flatMap((name) => {
    const archive = join(work, `${name}.tar`);
    copyImage(workshop, name, `docker-archive:${archive}:localhost/${name}:latest`);
    run("tar", ["-C", folder, "-xf", archive]);
    return JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8")) as object[];
  });
  writeFileSync(join(folder, "manifest.json"), JSON.stringify(manifests));
  rmSync(join(folder, "repositories"), { force: true });
  run("tar", ["-C", folder, "--sort=name", "-czf", to, "."]);
}
