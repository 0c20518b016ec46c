import { createCipheriv, createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ChunkSizes } from "#lib/model/chunk.ts";
import type { LayerScan } from "#lib/model/layer.ts";
import { buildTar, inChunks } from "#testing/builders/tar.ts";
import { naiveChunkLengths } from "#testing/oracles/naive-chunks.ts";
import { openLayerPool } from "../layers/layer-pool.ts";
import { MAX_ENTRIES_PER_SCAN } from "../layers/limits.ts";
import { ScanBudget } from "../layers/scan-budget.ts";
import { scanLayer } from "../layers/scan-layer.ts";

const SMALL: ChunkSizes = { minBytes: 64, averageBytes: 256, maxBytes: 1024 };

function scanBodies(bodies: readonly Uint8Array[], step: number, budget?: ScanBudget): Promise<LayerScan> {
  const tar = buildTar(bodies.map((body, i) => ({ path: `file${i}`, body })));
  return scanLayer(inChunks(tar, step), { isDocument: () => false, chunks: SMALL, budget });
}

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");

/** For each distinct body its hash, and the hash and length of each of its chunks. */
function listChunks({ contents, chunks }: LayerScan): [string, string[]][] {
  const { start, rows, chunks: distinct } = chunks!;
  return Array.from({ length: contents.count }, (_, body) => {
    const own = [...rows.subarray(start[body], start[body + 1])];
    const words = own.map(
      (row) => `${hex(distinct.sha256.subarray(32 * row, 32 * row + 32))} ${distinct.byteCount[row]}`,
    );
    return [hex(contents.sha256.subarray(32 * body, 32 * body + 32)), words];
  });
}

function listNaively(bodies: readonly Uint8Array[]): [string, string[]][] {
  const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
  const found = new Map<string, string[]>();
  for (const body of bodies) {
    let at = 0;
    const words = naiveChunkLengths(body, SMALL).map((length) => {
      at += length;
      return `${sha256(body.subarray(at - length, at))} ${length}`;
    });
    found.set(sha256(body), words);
  }
  return [...found];
}

const body = fc.oneof(
  fc.uint8Array({ maxLength: 3000 }),
  fc.constantFrom(64, 65, 1024, 5000).map((length) => new Uint8Array(length)),
  fc.constant(Buffer.from("the same body, several times in a layer ".repeat(60))),
);

describe("the bodies of a layer, chunked while it is scanned", () => {
  it("each distinct one once, with the chunks of the definition, however the layer is split", async () => {
    const steps = fc.constantFrom(1, 511, 512, 4096, 1 << 20);
    await fc.assert(
      fc.asyncProperty(fc.array(body, { maxLength: 6 }), steps, async (bodies, step) => {
        const scan = await scanBodies(bodies, step);
        expect(listChunks(scan)).toEqual(listNaively(bodies));
        expect(new Set(listChunks(scan).flatMap(([, words]) => words)).size).toBe(scan.chunks!.chunks.count);
      }),
      { numRuns: 60 },
    );
  });

  it("do not change the rest of the scan", async () => {
    const tar = buildTar([
      { path: "a", body: "x".repeat(5000) },
      { path: "b", body: "y" },
    ]);
    const [plain, { chunks, ...cut }] = await Promise.all([
      scanLayer(inChunks(tar, 100), { isDocument: () => false }),
      scanLayer(inChunks(tar, 100), { isDocument: () => false, chunks: SMALL }),
    ]);
    expect(plain.chunks).toBeUndefined();
    expect({ ...cut, chunks: undefined }).toEqual(plain);
    expect(chunks!.start).toHaveLength(3);
  });

  it("arrive from a worker thread unchanged", async () => {
    const bodies = [Buffer.from("0123456789".repeat(1000)), new Uint8Array(0), Buffer.from("short")];
    const pool = openLayerPool({ chunks: SMALL });
    const tar = buildTar(bodies.map((each, i) => ({ path: `file${i}`, body: each })));
    const scan = await pool.scan(inChunks(gzipSync(tar), 64));
    await pool.close();
    expect(listChunks(scan)).toEqual(listNaively(bodies));
  });

  it("into more distinct chunks than a layer may have files", async () => {
    const tiny = { minBytes: 32, averageBytes: 64, maxBytes: 128 };
    const noise = createCipheriv("aes-128-ctr", Buffer.alloc(16), Buffer.alloc(16)).update(
      Buffer.alloc(48 * 1024 ** 2),
    );
    const tar = buildTar([{ path: "noise", body: noise }]);
    const scan = await scanLayer(inChunks(tar, 1 << 20), { isDocument: () => false, chunks: tiny });
    expect(scan.chunks!.chunks.count).toBeGreaterThan(MAX_ENTRIES_PER_SCAN);
    expect(scan.chunks!.chunks.byteCount.reduce((sum, bytes) => sum + bytes, 0)).toBe(noise.length);
  });

  it("are refused if there are more chunks than a scan may have", async () => {
    const limits = { entries: 10, nameBytes: 100, documentBytes: 0 };
    const zeros = new Uint8Array(10 * SMALL.maxBytes);
    const enough = await scanBodies([zeros], 512, ScanBudget.open({ ...limits, chunks: 200 }));
    expect(enough.chunks!.chunks.count).toBeLessThanOrEqual(2);
    const refused = scanBodies([zeros], 512, ScanBudget.open({ ...limits, chunks: 2 }));
    await expect(refused).rejects.toMatchObject({ name: "InputError", code: "limit-exceeded" });
  });
});
