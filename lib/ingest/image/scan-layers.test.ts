import { describe, expect, it } from "vitest";
import { digestOf } from "#lib/model/digest.ts";
import { NO_SETTINGS } from "#lib/model/image-settings.ts";
import type { LayerScan } from "#lib/model/layer.ts";
import type { KnownLayers } from "#lib/model/layer-listing.ts";
import { InputError } from "#lib/model/problem.ts";
import type { SourceImage } from "#lib/sources/images/source-image.ts";
import { buildTar, inChunks } from "#testing/builders/tar.ts";
import { scanLayer } from "../layers/scan-layer.ts";
import { type LayerScans, MAX_UNREAD_BYTES, scanLayers } from "./scan-layers.ts";

const NOTHING_KNOWN: KnownLayers = { load: async (claims) => claims.map(() => undefined) };

const EMPTY_DIGEST = digestOf(new Uint8Array(32));

/** Layers of these lengths, each read when the test allows it. */
async function openReading(...downloadSizes: number[]) {
  const scans = await Promise.all(downloadSizes.map((bytes, i) => scanOf(`file${i}`, bytes)));
  const layers = scans.map(({ digest, diffId, downloadSize }, i) => {
    const place = { kind: "streamed", member: `layer${i}` } as const;
    return {
      digest,
      diffId,
      storedSize: downloadSize,
      isDescribed: true,
      mediaType: "",
      createdBy: "",
      place,
      label: place.member,
    };
  });
  const reads = layers.map(() => Promise.withResolvers<LayerScan>());
  const asked: number[] = [];
  const start = (more: readonly number[] = []) =>
    scanLayers(toImage([...layers, ...more.map((i) => layers[i]!)]), NOTHING_KNOWN, (place) => {
      const i = layers.findIndex((layer) => layer.place === place);
      asked.push(i);
      return reads[i]!.promise;
    });
  return { start, asked, scans, finish: (i: number) => reads[i]!.resolve(scans[i]!), reads };
}

async function scanOf(path: string, downloadSize: number): Promise<LayerScan> {
  const tar = buildTar([{ path, body: path }]);
  return { ...(await scanLayer(inChunks(tar), { isDocument: () => false })), downloadSize };
}

function toImage(layers: SourceImage["layers"]): SourceImage {
  const platform = { os: "linux", architecture: "amd64", variant: "" };
  const config = {
    platform,
    createdAt: "",
    command: [],
    searchPath: "",
    libraryPath: "",
    diffIds: [],
    createdBy: [],
    settings: NO_SETTINGS,
  };
  const digest = layers[0]?.digest ?? EMPTY_DIGEST;
  return { name: "test", digest, configDigest: digest, config, layers, readConfig: async () => new Uint8Array() };
}

async function collect(scans: LayerScans["scans"]): Promise<LayerScan[]> {
  const collected: LayerScan[] = [];
  for await (const scan of scans) collected.push(scan);
  return collected;
}

describe("layers being read", () => {
  it("start with the largest, are returned as they end, and are collected in the image's order", async () => {
    const { start, asked, scans, finish } = await openReading(5, 30, 10);
    const underWay = await start();
    expect(asked).toEqual([1, 2, 0]);
    for (const i of [2, 0, 1]) finish(i);
    expect(await collect(underWay.scans)).toEqual([scans[2], scans[0], scans[1]]);
    expect((await underWay.layers).map(({ scan }) => scan)).toEqual(scans);
  });

  it("are read once if an image has a blob twice", async () => {
    const { start, asked, scans, finish } = await openReading(5, 6);
    const underWay = await start([0]);
    for (const i of [0, 1]) finish(i);
    expect(await collect(underWay.scans)).toHaveLength(2);
    expect(asked).toEqual([1, 0]);
    expect((await underWay.layers).map(({ scan }) => scan)).toEqual([...scans, scans[0]]);
  });

  it("are no longer returned once one fails; the lowest failure is thrown after all have ended", async () => {
    const { start, scans, finish, reads } = await openReading(1, 2, 3, 4);
    const underWay = await start();
    finish(3);
    reads[2]!.reject(new InputError("bad-tar", "", "second"));
    reads[1]!.reject(new InputError("truncated", "", "first"));
    expect(await collect(underWay.scans)).toEqual([scans[3]]);
    finish(0);
    await expect(underWay.layers).rejects.toMatchObject({ code: "truncated", place: "layer1" });
  });

  it("are nearly read when at most MAX_UNREAD_BYTES remain, and not before", async () => {
    const { start, finish } = await openReading(MAX_UNREAD_BYTES, 1, 1);
    const underWay = await start();
    let isNear = false;
    const near = underWay.nearlyRead.then(() => {
      isNear = true;
    });
    finish(1);
    await Promise.race([near, new Promise((resolve) => setImmediate(resolve))]);
    expect(isNear).toBe(false);
    finish(2);
    await near;
  });

  it("are nearly read at once if there is nothing to read", async () => {
    const { start } = await openReading();
    const underWay = await start();
    await underWay.nearlyRead;
    expect([await collect(underWay.scans), await underWay.layers]).toEqual([[], []]);
  });
});
