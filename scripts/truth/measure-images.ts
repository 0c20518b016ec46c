import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { run, runLines, sumOf } from "./tools.ts";

/** What tar and sha256sum report about a layer. Sizes are bytes. */
interface LayerTruth {
  readonly digest: string;
  readonly diff_id: string;
  readonly compressed: number;
  readonly tar: number;
  readonly entries: number;
  readonly files: number;
  readonly filebytes: number;
}

interface ImageTruth {
  readonly manifest: string;
  readonly config: string;
  readonly layers: readonly LayerTruth[];
  readonly compressed: number;
  readonly flat_paths: number;
  readonly flat_files: number;
  readonly flat_filebytes: number;
  readonly layer_filebytes: number;
  readonly wasted_bytes: number;
}

export interface FleetTruth {
  readonly images: Readonly<Record<string, ImageTruth>>;
  /** Bytes that all images need at each level of sharing, and the distinct files. */
  readonly ladder: Readonly<
    Record<"images" | "unshared" | "chain" | "layer" | "live" | "file" | "rootfsTotal" | "files", number>
  >;
}

interface TreeTruth {
  readonly paths: number;
  readonly files: number;
  readonly bytes: number;
}

/** SHA-256 → bytes. */
type Bodies = Map<string, number>;

/**
 * Measures the images of a gzip or zstd layout with other tools: GNU tar lists layers, sha256sum hashes, umoci unpacks. Our
 * own code is not used, because tests compare it with these figures. `unzipped`: a layout of the same images that umoci, which
 * cannot read zstd, can read.
 */
export function measureImages(
  layout: string,
  { work, unzipped = layout }: { work: string; unzipped?: string },
): FleetTruth {
  const index = readJson<{ manifests: { digest: string; annotations: Record<string, string> }[] }>(
    join(layout, "index.json"),
  );
  const bodies: Bodies = new Map();
  const images = index.manifests.map(({ digest, annotations }) => {
    const name = annotations["org.opencontainers.image.ref.name"]!;
    const tree = unpackImage(unzipped, name, work);
    const image = measureImage(layout, digest, measureTree(tree, bodies));
    rmSync(join(tree, ".."), { recursive: true });
    return [name, image] as const;
  });
  return {
    images: Object.fromEntries(images),
    ladder: measureLadder(
      images.map(([, image]) => image),
      bodies,
    ),
  };
}

function measureImage(layout: string, digest: string, flat: TreeTruth): ImageTruth {
  const manifest = readJson<{ config: { digest: string }; layers: { digest: string }[] }>(blobFile(layout, digest));
  const layers = manifest.layers.map((layer) => measureLayer(layout, layer.digest));
  const layerFileBytes = sumOf(layers, ({ filebytes }) => filebytes);
  return {
    manifest: digest,
    config: manifest.config.digest,
    layers,
    compressed: sumOf(layers, ({ compressed }) => compressed),
    flat_paths: flat.paths,
    flat_files: flat.files,
    flat_filebytes: flat.bytes,
    layer_filebytes: layerFileBytes,
    wasted_bytes: layerFileBytes - flat.bytes,
  };
}

function measureLayer(layout: string, digest: string): LayerTruth {
  const blob = blobFile(layout, digest);
  const lines = runLines("tar", ["--numeric-owner", "-tvf", blob]);
  const files = lines.filter((line) => line.startsWith("-"));
  // zstd reads gzip as well.
  const unzipped = (then: string) => run("sh", ["-c", `zstd -dc "$0" | ${then}`, blob]).trim();
  return {
    digest,
    diff_id: `sha256:${unzipped("sha256sum").slice(0, 64)}`,
    compressed: statSync(blob).size,
    tar: Number(unzipped("wc -c")),
    entries: lines.length,
    files: files.length,
    // mode owner/group size date time name
    filebytes: sumOf(files, (line) => Number(line.split(/\s+/)[2])),
  };
}

function unpackImage(layout: string, name: string, work: string): string {
  mkdirSync(work, { recursive: true });
  const bundle = mkdtempSync(join(work, "bundle-"));
  const rootless = process.getuid?.() === 0 ? [] : ["--rootless"];
  run("umoci", ["unpack", ...rootless, "--image", `${layout}:${name}`, join(bundle, "of")]);
  return join(bundle, "of/rootfs");
}

/** Paths below a directory, and its regular files, each inode once. Adds their bodies. */
export function measureTree(tree: string, bodies: Bodies): TreeTruth {
  const paths = runLines("find", [tree, "-mindepth", "1", "-printf", "%y\n"]).length;
  const files = runLines("find", [tree, "-type", "f", "-printf", "%i %s\n"]).map((line) => line.split(" ").map(Number));
  const hashes = runLines("find", [tree, "-type", "f", "-exec", "sha256sum", "{}", "+"]);
  // sha256sum puts a backslash in front of a line whose name it escaped.
  hashes.forEach((line, i) => void bodies.set(line.replace(/^\\/, "").slice(0, 64), files[i]![1]!));
  const inodes = new Map(files.map(([inode, bytes]) => [inode!, bytes!]));
  return { paths, files: inodes.size, bytes: sumOf(inodes.values(), (bytes) => bytes) };
}

/** Layers are counted once per position on the layers below them, and once overall; files by their content. */
function measureLadder(images: readonly ImageTruth[], bodies: Bodies): FleetTruth["ladder"] {
  const tops = new Set(images.map((image) => image.layers.at(-1)!.diff_id));
  if (images.some((image) => image.layers.some(({ diff_id }) => !tops.has(diff_id))))
    throw new Error("live is only known if each layer is the top of an image, which hides none of it");
  const chains = new Map<string, number>();
  const layers = new Map<string, number>();
  for (const image of images) {
    let chain = "";
    for (const { diff_id, filebytes } of image.layers) {
      chain += diff_id;
      chains.set(chain, filebytes);
      layers.set(diff_id, filebytes);
    }
  }
  const total = (sizes: ReadonlyMap<string, number>) => sumOf(sizes.values(), (size) => size);
  return {
    images: images.length,
    unshared: sumOf(images, (image) => image.layer_filebytes),
    chain: total(chains),
    layer: total(layers),
    live: total(layers),
    file: total(bodies),
    rootfsTotal: sumOf(images, (image) => image.flat_filebytes),
    files: bodies.size,
  };
}

function blobFile(layout: string, digest: string): string {
  return join(layout, "blobs", digest.replace(":", "/"));
}

function readJson<T>(file: string): T {
  return JSON.parse(readFileSync(file, "utf8")) as T;
}
