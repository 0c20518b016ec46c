import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  addImage,
  addIndex,
  addLayer,
  copyImage,
  type Descriptor,
  EPOCH_SECONDS,
  initLayout,
  writeIndex,
} from "./layout.ts";
import type { Package } from "./packages.ts";
import { IMAGES, SAVED_IMAGES, STATIC, STATIC_ARM } from "./recipe.ts";
import { run } from "./tools.ts";

const BLOCK_BYTES = 512;

/** A layout of plain tars, which skopeo converts to the forms that tests read. */
interface Workshop {
  readonly packages: ReadonlyMap<string, Package>;
  readonly folder: string;
  /** Finished layers, by their packages. */
  readonly layers: Map<string, Descriptor>;
}

/** Builds `oci`, `oci-zstd`, `oci-multiarch` and `docker-save-multi.tar.gz` in `target`. */
export function buildImages(packages: ReadonlyMap<string, Package>, target: string, work: string): void {
  const folder = join(work, "plain");
  const workshop = { packages, folder, layers: new Map<string, Descriptor>() };
  initLayout(folder);
  const platforms = {
    amd64: buildImage(workshop, [[STATIC]], "amd64"),
    arm64: buildImage(workshop, [[STATIC_ARM]], "arm64"),
  };
  const built = IMAGES.map(({ name, layers }) => [name, buildImage(workshop, layers, "amd64")]);
  writeIndex(folder, { ...Object.fromEntries(built), ...platforms });
  for (const { name } of IMAGES) copyImage(folder, name, `oci:${join(target, "oci")}:${name}`);
  copyImage(folder, "amd64", `oci:${join(target, "oci-zstd")}:amd64`, "--dest-compress-format", "zstd");
  writeMultiarch(folder, join(target, "oci-multiarch"));
  saveImages(folder, join(target, "docker-save-multi.tar.gz"), work);
}

/** The image's manifest. */
function buildImage(workshop: Workshop, layers: readonly (readonly string[])[], architecture: string): Descriptor {
  const blobs = layers.map((keys) => [`debs: ${keys.join(" ")}`, findLayer(workshop, keys)] as const);
  return addImage(workshop.folder, { layers: blobs, architecture, cmd: "/bin/busybox" });
}

function findLayer(workshop: Workshop, keys: readonly string[]): Descriptor {
  const layer = workshop.layers.get(keys.join()) ?? buildLayer(workshop, keys);
  workshop.layers.set(keys.join(), layer);
  return layer;
}

/** One tar of the packages' files, with their control files in the form that images without dpkg have. */
function buildLayer({ folder, packages }: Workshop, keys: readonly string[]): Descriptor {
  const root = join(folder, "layer");
  const status = join(root, "var/lib/dpkg/status.d");
  mkdirSync(status, { recursive: true });
  for (const key of keys) {
    const { name, tree, control } = packages.get(key)!;
    run("cp", ["-a", `${tree}/.`, root]);
    writeFileSync(join(status, name), control);
  }
  const tar = join(folder, "layer.tar");
  const order = ["--sort=name", "--format=ustar", "--blocking-factor=1", "--numeric-owner", "--owner=0", "--group=0"];
  run("sh", ["-c", 'tar -C "$0" "$@" $(ls -A "$0")', root, ...order, `--mtime=@${EPOCH_SECONDS}`, "-cf", tar]);
  rmSync(root, { recursive: true });
  writeFileSync(tar, withDeviceNumbers(readFileSync(tar)));
  return addLayer(folder, tar);
}

/** A ustar as written by Go, and so by every container engine: zeros where GNU tar leaves a file's device empty. */
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

/** skopeo copies the images; their index is written by hand. */
function writeMultiarch(plain: string, folder: string): void {
  for (const name of ["amd64", "arm64"]) copyImage(plain, name, `oci:${folder}:${name}`);
  const [amd64, arm64] = (JSON.parse(readFileSync(join(folder, "index.json"), "utf8")) as { manifests: Descriptor[] })
    .manifests;
  writeIndex(folder, { multi: addIndex(folder, { amd64: amd64!, arm64: arm64! }) });
}

/** skopeo saves one image per archive. The members of several, with one list of their manifests, form an archive of several. */
function saveImages(plain: string, to: string, work: string): void {
  const folder = join(work, "saved");
  mkdirSync(folder);
  const manifests = SAVED_IMAGES.flatMap((name) => {
    const archive = join(work, `${name}.tar`);
    copyImage(plain, name, `docker-archive:${archive}:localhost/${name}:latest`);
    run("tar", ["-C", folder, "-xf", archive]);
    return JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8")) as object[];
  });
  writeFileSync(join(folder, "manifest.json"), JSON.stringify(manifests));
  rmSync(join(folder, "repositories"), { force: true });
  run("tar", ["-C", folder, "--sort=name", "-czf", to, "."]);
}
