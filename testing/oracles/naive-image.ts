import { createHash } from "node:crypto";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync, zstdDecompressSync } from "node:zlib";
import { extract, type Header } from "tar-stream";

/** The regular files of an image's root file system, by path. */
export type NaiveFiles = ReadonlyMap<string, Buffer>;

interface Descriptor {
  readonly digest: string;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** Applies the layers of a named image of an OCI layout, as the specification puts it: tar-stream, and one map from path to body. */
export async function readNaiveImage(layout: string, name: string): Promise<NaiveFiles> {
  const index: { manifests: Descriptor[] } = JSON.parse(readFileSync(join(layout, "index.json"), "utf8"));
  const found = index.manifests.find((each) => each.annotations?.["org.opencontainers.image.ref.name"] === name);
  const { layers }: { layers: Descriptor[] } = JSON.parse(readBlob(layout, found!).toString("utf8"));
  const files = new Map<string, Buffer>();
  for (const layer of layers) await applyLayer(readBlob(layout, layer), files);
  return files;
}

/** Bytes of the distinct bodies of several images. */
export function naiveFileBytes(images: readonly NaiveFiles[]): number {
  const bodies = images.flatMap((files) => [...files.values()]);
  const sizes = new Map(bodies.map((body) => [createHash("sha256").update(body).digest("hex"), body.length]));
  return [...sizes.values()].reduce((sum, bytes) => sum + bytes, 0);
}

function readBlob(layout: string, { digest }: Descriptor): Buffer {
  return readFileSync(join(layout, "blobs", digest.replace(":", "/")));
}

async function applyLayer(blob: Buffer, files: Map<string, Buffer>): Promise<void> {
  const reader = extract();
  reader.end(blob.readUInt16BE(0) === 0x1f8b ? gunzipSync(blob) : zstdDecompressSync(blob));
  for await (const entry of reader) {
    const pieces: Uint8Array[] = [];
    entry.on("data", (piece) => {
      if (piece instanceof Uint8Array) pieces.push(piece);
    });
    await once(entry, "end");
    applyEntry(entry.header, Buffer.concat(pieces), files);
  }
}

function applyEntry({ name, type, linkname }: Header, body: Buffer, files: Map<string, Buffer>): void {
  const path = toPath(name);
  const hidden = path.replace(/(^|\/)\.wh\.([^/]+)$/, "$1$2");
  if (path.endsWith(".wh..opq")) throw new Error(`${path}: no layer of the fleets has an opaque whiteout`);
  if (type !== "directory") for (const below of files.keys()) if (below.startsWith(`${hidden}/`)) files.delete(below);
  files.delete(hidden);
  if (hidden !== path) return;
  if (type === "file") files.set(path, body);
  if (type === "link") files.set(path, files.get(toPath(linkname!))!);
}

const toPath = (name: string) => name.replace(/^(?:\.?\/)*|\/$/g, "");
