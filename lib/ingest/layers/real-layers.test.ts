import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { EntryKind, entryPath } from "#lib/model/layer.ts";
import { inChunks } from "#testing/builders/tar.ts";
import { sharedData } from "#testing/run/shared-data.ts";
import { isDocument } from "./documents.ts";
import { openLayerPool } from "./layer-pool.ts";
import { scanLayer } from "./scan-layer.ts";

interface LayerTruth {
  readonly diff_id: string;
  readonly tar: number;
  readonly entries: number;
  readonly files: number;
  readonly filebytes: number;
}

/**
 * `measured`: how many of the layout's layers the known results cover (they do not cover the small zstd layout, which is one
 * squashed image).
 */
const FLEETS = [
  { truth: "fleet-mini/truth.json", layout: "fleet-mini/oci", encoding: "gzip", measured: 6 },
  { truth: "fleet-mini/truth.json", layout: "fleet-mini/oci-zstd", encoding: "zstd", measured: 0 },
  { truth: "fleet-apt/truth.json", layout: "fleet-apt/oci-zstd", encoding: "zstd", measured: 4 },
] as const;

function loadTruth(file: string): Map<string, LayerTruth> {
  const { images } = JSON.parse(readFileSync(file, "utf8")) as { images: Record<string, { layers: LayerTruth[] }> };
  return new Map(Object.values(images).flatMap(({ layers }) => layers.map((layer) => [layer.diff_id, layer])));
}

/** The name of each layer in the layout's manifests, and its diffID in the images' configs. */
function listLayers(layout: string): Map<string, string> {
  const read = (path: string) => JSON.parse(readFileSync(join(layout, path), "utf8"));
  const manifests: { digest: string }[] = read("index.json").manifests;
  const pairs = manifests.flatMap(({ digest }) => {
    const manifest: { config: { digest: string }; layers: { digest: string }[] } = read(blobPath(digest));
    const diffIds: string[] = read(blobPath(manifest.config.digest)).rootfs.diff_ids;
    return manifest.layers.map((layer, i) => [layer.digest, diffIds[i]!] as const);
  });
  return new Map(pairs);
}

const blobPath = (digest: string) => join("blobs", "sha256", digest.slice("sha256:".length));

describe.each(FLEETS)("the layers of $layout", ({ truth, layout, encoding, measured }) => {
  const truthFile = sharedData(truth);
  const folder = sharedData(layout);
  const pool = openLayerPool();
  afterAll(() => pool.close());

  it.skipIf(!truthFile || !folder)("have the known diffIDs, counts and lengths", async () => {
    const known = loadTruth(truthFile!);
    const layers = listLayers(folder!);
    const digests = [...layers.keys()];
    const scans = await Promise.all(
      digests.map((digest) => pool.scan(inChunks(readFileSync(join(folder!, blobPath(digest))), 2 ** 16))),
    );
    expect(scans.map(({ digest }) => digest)).toEqual(digests);
    expect(scans.map(({ diffId }) => diffId)).toEqual([...layers.values()]);
    const matched = scans.filter(({ diffId }) => known.has(diffId));
    expect(matched).toHaveLength(measured);
    for (const scan of matched) {
      const { tar, entries, files, filebytes } = known.get(scan.diffId)!;
      expect(scan).toMatchObject({ compression: encoding, tarSize: tar, contentSize: filebytes, problems: [] });
      expect([scan.entries.count, scan.entries.kind.filter((kind) => kind === EntryKind.file).length]).toEqual([
        entries,
        files,
      ]);
    }
  });
});

const images = sharedData("images");

describe("tars from other projects' tests", () => {
  const tars = images
    ? readdirSync(images, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".tar"))
    : [];
  const scan = (path: string) => scanLayer(inChunks(readFileSync(join(images!, path)), 1000), { isDocument });
  const find = (end: string) => tars.find((path) => path.endsWith(end)) ?? "";

  it.skipIf(!images)("are all read to the end", async () => {
    expect(tars.length).toBeGreaterThan(30);
    for (const path of tars) expect((await scan(path)).tarSize).toBe(readFileSync(join(images!, path)).length);
  });

  it.skipIf(!images)("extended attributes do not hide the entry that has them", async () => {
    const { entries } = await scan(find("tarsum/testdata/xattr/layer.tar"));
    expect([entries.count, entryPath(entries, 0)]).toEqual([1, "file"]);
  });

  it.skipIf(!images)("the layer that Docker gives an empty image contains only its root", async () => {
    const empty = find("511136ea3c5a64f264b78b5433614aec563103b4d4702f3ba7d4d2698e22c158/layer.tar");
    const { entries, contentSize } = await scan(empty);
    expect([entries.count, entryPath(entries, 0), contentSize]).toEqual([1, "", 0]);
  });

  it.skipIf(!images)("a name that is not UTF-8 is kept byte by byte", async () => {
    const { entries } = await scan(find("tarfs/testdata/bad_name.tar"));
    const paths = Array.from({ length: entries.count }, (_, row) => entryPath(entries, row));
    expect(paths.some((path) => path.includes("\\x"))).toBe(true);
  });
});
