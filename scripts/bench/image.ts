import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  createReadStream,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { Worker } from "node:worker_threads";
import { createGunzip } from "node:zlib";

const MIB = 1024 ** 2;

/** Packages of the two layers above the base: an ordinary build image of some 600 MB. */
const LAYERS = [[], ["python3", "git", "gcc"], ["nodejs", "vim", "nginx"]];

/** `undefined` if the image exists or can be built; else what to install. */
export function findMissing(folder: string): string | undefined {
  if (existsSync(join(folder, "bench-image"))) return undefined;
  const missing = ["mmdebstrap", "umoci"].filter((program) => spawnSync(program, ["--version"]).error !== undefined);
  return missing.length === 0 ? undefined : `not measured: apt-get install ${missing.join(" ")}`;
}

/**
 * A gzip OCI layout of 250 MB or more, built once from Debian packages with mmdebstrap and umoci: a base, a tool chain and
 * a server, one layer each. Throws if those programs are not installed: `apt-get install mmdebstrap umoci skopeo`.
 */
export function buildBenchImage(folder: string): string {
  const layout = join(folder, "bench-image");
  if (existsSync(layout)) return layout;
  mkdirSync(folder, { recursive: true });
  const making = `${layout}.making`;
  rmSync(making, { recursive: true, force: true });
  const run = (program: string, ...args: string[]) =>
    execFileSync(program, args, { stdio: ["ignore", "ignore", "inherit"] });
  run("umoci", "init", "--layout", making);
  run("umoci", "new", "--image", `${making}:bench`);
  for (const [i, packages] of LAYERS.entries()) {
    // Each layer is a complete root, as in images built FROM scratch: the overlaps are real, and wasted.
    const tar = join(folder, `layer-${i}.tar`);
    run(
      "mmdebstrap",
      "--quiet",
      "--variant=minbase",
      `--include=${packages.join(",") || "ca-certificates"}`,
      "trixie",
      tar,
    );
    run("umoci", "raw", "add-layer", "--image", `${making}:bench`, tar);
    rmSync(tar);
  }
  renameSync(making, layout);
  return layout;
}

/** The layer blobs of a layout, largest first. */
export function listLayerFiles(layout: string): string[] {
  const folder = join(layout, "blobs/sha256");
  const files = readdirSync(folder).map((name) => join(folder, name));
  const isGzip = (file: string) => readFileSync(file).readUInt16BE(0) === 0x1f8b;
  return files
    .filter((file) => statSync(file).size > MIB && isGzip(file))
    .sort((a, b) => statSync(b).size - statSync(a).size);
}

/** The minimum for any scanner: every layer through zlib's gunzip and SHA-256, in parallel on all cores. */
export async function hashLayers(files: readonly string[]): Promise<void> {
  const waiting = [...files];
  const work = async () => {
    for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) await hashInThread(file);
  };
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), files.length) }, work));
}

function hashInThread(file: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL("./hash-layer.ts", import.meta.url), { workerData: file });
    worker.once("error", reject).once("exit", () => resolve());
  });
}

/** Gunzip and SHA-256 of one file, in this thread. */
export async function hashLayer(file: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(file, { highWaterMark: MIB }), createGunzip({ chunkSize: MIB / 4 }), hash);
  return hash.digest("hex");
}

/** Copies the image to an uncompressed archive with skopeo; `undefined` if skopeo is not installed. */
export function copyWithSkopeo(layout: string, to: string): Promise<void> | undefined {
  if (spawnSync("skopeo", ["--version"]).status !== 0) return undefined;
  rmSync(to, { force: true });
  execFileSync("skopeo", ["copy", "-q", `oci:${layout}:bench`, `docker-archive:${to}`]);
  rmSync(to, { force: true });
  return Promise.resolve();
}
