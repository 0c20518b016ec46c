import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildTar, inChunks, type TarMember } from "#testing/builders/tar.ts";
import { PIECE_BYTES } from "../threads/byte-stream.ts";
import { isDocument } from "./documents.ts";
import { type LayerPool, type LayerPoolOptions, openLayerPool } from "./layer-pool.ts";
import { ScanBudget } from "./scan-budget.ts";
import { scanLayer } from "./scan-layer.ts";

const member = (i: number): TarMember => ({ path: `app/${i}/package.json`, body: `{"name":"${i}"}`.repeat(i + 1) });
const blobs = Array.from({ length: 5 }, (_, i) =>
  gzipSync(buildTar(Array.from({ length: 50 + i }, (_, n) => member(n)))),
);
const archive = Buffer.concat(blobs);
const offsets = blobs.map((_, i) => blobs.slice(0, i).reduce((sum, blob) => sum + blob.length, 0));
let folder = "";
let file = "";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "layer-pool-"));
  file = join(folder, "archive");
  await writeFile(file, archive);
});
afterAll(() => rm(folder, { recursive: true }));

async function withPool<T>(options: LayerPoolOptions, use: (pool: LayerPool) => Promise<T>): Promise<T> {
  const pool = openLayerPool(options);
  try {
    return await use(pool);
  } finally {
    await pool.close();
  }
}

const rangeOf = (i: number) => ({ file, offset: offsets[i]!, length: blobs[i]!.length });

describe.each([
  ["in threads", {}],
  ["inline", { totalBytes: archive.length }],
])("%s", (_where, options: LayerPoolOptions) => {
  it("scans ranges of a file as scanLayer scans their bytes, with more ranges than threads", async () => {
    const scans = await withPool(options, (pool) => Promise.all(blobs.map((_, i) => pool.scan(rangeOf(i)))));
    for (const [i, blob] of blobs.entries()) expect(scans[i]).toEqual(await scanLayer(inChunks(blob), { isDocument }));
  });

  it("scans streams of small chunks as they come, several at once", async () => {
    const scan = (pool: LayerPool) => Promise.all(blobs.map((blob) => pool.scan(inChunks(blob, 100))));
    const scans = await withPool(options, scan);
    for (const [i, blob] of blobs.entries()) expect(scans[i]).toEqual(await scanLayer(inChunks(blob), { isDocument }));
  });

  it("reports every byte read", async () => {
    let byteCount = 0;
    const onRead = (more: number) => {
      byteCount += more;
    };
    await withPool({ ...options, onRead }, (pool) => Promise.all(blobs.map((_, i) => pool.scan(rangeOf(i)))));
    expect(byteCount).toBe(blobs.reduce((sum, { length }) => sum + length, 0));
  });

  it("reports the error of one layer, and scans the others", async () => {
    const bad = gzipSync(Buffer.alloc(5000, "no tar "));
    await withPool({ ...options, layerCount: 1 }, async (pool) => {
      const results = [pool.scan(inChunks(bad, 10)), pool.scan(rangeOf(1)), pool.scan(inChunks(blobs[2]!))];
      const [first, second, third] = await Promise.allSettled(results);
      expect(first).toMatchObject({ reason: { name: "InputError", code: "bad-tar", place: "byte 0" } });
      expect([second?.status, third?.status]).toEqual(["fulfilled", "fulfilled"]);
    });
  });

  it("reports a range beyond the file's end as truncated", async () => {
    const job = { ...rangeOf(4), length: blobs[4]!.length + 10 };
    const scan = withPool(options, (pool) => pool.scan(job));
    await expect(scan).rejects.toMatchObject({
      name: "InputError",
      code: "truncated",
      place: `byte ${archive.length}`,
    });
  });

  it("passes the source's own error on", async () => {
    async function* failing() {
      yield blobs[0]!.subarray(0, 20);
      throw new Error("connection reset");
    }
    await expect(withPool(options, (pool) => pool.scan(failing()))).rejects.toThrow("connection reset");
  });

  it("counts the entries of all layers together", async () => {
    const budget = ScanBudget.open({ entries: 120, nameBytes: 1e6, documentBytes: 1e6 });
    const scans = withPool({ ...options, budget }, (pool) => Promise.all([0, 1, 2].map((i) => pool.scan(rangeOf(i)))));
    await expect(scans).rejects.toMatchObject({ name: "InputError", code: "limit-exceeded" });
  });

  it("stops on request, both current and waiting scans", async () => {
    const control = new AbortController();
    const endless = async function* () {
      yield blobs[0]!.subarray(0, 20);
      control.abort(new Error("Ctrl-C"));
      for (;;) yield await new Promise<Uint8Array>((resolve) => setImmediate(resolve, blobs[0]!.subarray(20, 30)));
    };
    await withPool({ ...options, signal: control.signal }, async (pool) => {
      await expect(pool.scan(endless())).rejects.toThrow("Ctrl-C");
      await expect(pool.scan(rangeOf(0))).rejects.toThrow("Ctrl-C");
    });
  });
});

it("reads a stream no faster than it is scanned", async () => {
  let given = 0;
  const tar = buildTar([{ path: "f", body: Buffer.alloc(2 ** 20) }]);
  async function* counted() {
    for await (const chunk of inChunks(tar, 2 ** 14)) {
      given++;
      yield chunk;
    }
  }
  await withPool({}, async (pool) => {
    const scan = pool.scan(counted());
    // The thread has not started yet: only what fills a piece, and one chunk in hand, have been read.
    await new Promise((resolve) => setImmediate(resolve));
    expect(given).toBeLessThanOrEqual(PIECE_BYTES / 2 ** 14 + 1);
    expect((await scan).tarSize).toBe(tar.length);
    expect(given).toBe(Math.ceil(tar.length / 2 ** 14));
  });
});
