import { gzipSync, zstdCompressSync } from "node:zlib";
import fc from "fast-check";
import { expect, it } from "vitest";
import { EXPANSION_FREE_BYTES } from "#lib/formats/compression/index.ts";
import type { LayerScan } from "#lib/model/layer.ts";
import { InputError } from "#lib/model/problem.ts";
import { buildTar, inChunks, sealHeader, type TarMember } from "#testing/builders/tar.ts";
import { isDocument } from "./documents.ts";
import { ScanBudget } from "./scan-budget.ts";
import { scanLayer } from "./scan-layer.ts";

const BUDGET = { entries: 40, nameBytes: 10_000, documentBytes: 5000 };

const name = fc.constantFrom(
  "a",
  "b/c",
  "../x",
  "/abs",
  "./d/",
  ".wh.a",
  "a/.wh..wh..opq",
  ".wh..wh.aufs",
  "package.json",
  "",
);
const type = fc.constantFrom("0", "\0", "1", "2", "3", "5", "6", "7", "L", "K", "x", "g", "S", "V", "D", "Z");
const pax = fc.dictionary(
  fc.constantFrom("path", "linkpath", "size", "mtime", "uid", "comment"),
  fc.string({ maxLength: 8 }),
);
const member: fc.Arbitrary<TarMember> = fc.record(
  {
    path: name,
    type,
    link: name,
    body: fc.uint8Array({ maxLength: 1500 }),
    mode: fc.nat(),
    mtime: fc.maxSafeInteger(),
    uid: fc.integer(),
    claimedBytes: fc.oneof(fc.nat(3000), fc.constant(2 ** 60), fc.constant(-5)),
    pax,
    format: fc.constantFrom("ustar", "gnu", "v7"),
  },
  { requiredKeys: ["path"] },
);
const flips = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 6 });
const chunkBytes = fc.constantFrom(1, 3, 511, 512, 513, 100_000);
const compress = fc.constantFrom(
  (bytes: Uint8Array) => bytes,
  (bytes: Uint8Array) => gzipSync(bytes),
  (bytes: Uint8Array) => Buffer.concat([gzipSync(bytes.subarray(0, 700)), gzipSync(bytes.subarray(700))]),
  (bytes: Uint8Array) => zstdCompressSync(bytes),
  (bytes: Uint8Array) =>
    Buffer.concat([zstdCompressSync(bytes.subarray(0, 700)), zstdCompressSync(bytes.subarray(700))]),
);

function flipped(bytes: Uint8Array, places: readonly (readonly [number, number])[]): Uint8Array {
  const copy = Uint8Array.from(bytes);
  if (copy.length > 0) for (const [at, mask] of places) copy[at % copy.length]! ^= mask;
  return copy;
}

/** Recomputes headers' checksums, so that damage reaches the code behind the check. */
function resealed(tar: Uint8Array): Uint8Array {
  const copy = Uint8Array.from(tar);
  for (let at = 0; at + 512 <= copy.length; at += 512) {
    if (copy[at + 148] !== 0 && copy[at + 155] === 0x20) sealHeader(copy.subarray(at, at + 512));
  }
  return copy;
}

async function scanOrRefuse(blob: Uint8Array, chunk: number): Promise<LayerScan | InputError> {
  try {
    return await scanLayer(inChunks(blob, chunk), { isDocument, budget: ScanBudget.open(BUDGET) });
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
}

/** Invariants of every scan, whatever the input. */
function checkScan(scan: LayerScan, blob: Uint8Array): void {
  const { entries, contents, documents } = scan;
  expect(scan.downloadSize).toBe(blob.length);
  expect(entries.count).toBeLessThanOrEqual(BUDGET.entries);
  expect(entries.names.length).toBeLessThanOrEqual(BUDGET.nameBytes);
  expect(documents.reduce((sum, { body }) => sum + body.length, 0)).toBeLessThanOrEqual(BUDGET.documentBytes);
  expect(entries.contentSize.reduce((sum, bytes) => sum + bytes, 0)).toBe(scan.contentSize);
  expect(scan.contentSize).toBeLessThanOrEqual(Math.min(scan.tarSize, EXPANSION_FREE_BYTES));
  for (let row = 0; row < entries.count; row++) {
    const content = entries.content[row]!;
    expect(content >= 0).toBe(entries.kind[row] === 0);
    if (content >= 0) expect(contents.byteCount[content]).toBe(entries.contentSize[row]);
  }
}

it("scans or refuses any tar, damaged or not, however it is split into chunks", async () => {
  const members = fc.array(member, { maxLength: 6 });
  const property = fc.asyncProperty(members, flips, compress, chunkBytes, async (list, places, pack, chunk) => {
    const blob = pack(resealed(flipped(buildTar(list), places)));
    const result = await scanOrRefuse(blob, chunk);
    const whole = await scanOrRefuse(blob, blob.length || 1);
    if (result instanceof InputError || whole instanceof InputError) {
      expect(result).toMatchObject({ code: (whole as InputError).code });
    } else {
      expect(result).toEqual(whole);
      checkScan(result, blob);
    }
  });
  await fc.assert(property, { numRuns: 400 });
}, 60_000);

it("scans or refuses any damaged compressed stream, cut or flipped", async () => {
  const tar = buildTar(Array.from({ length: 20 }, (_, i) => ({ path: `f${i}`, body: `${i}`.repeat(i * 40) })));
  const property = fc.asyncProperty(compress, flips, fc.nat(), chunkBytes, async (pack, places, cut, chunk) => {
    const packed = pack(tar);
    const blob = flipped(packed, places).subarray(0, packed.length - (cut % packed.length));
    const result = await scanOrRefuse(blob, chunk);
    if (!(result instanceof InputError)) checkScan(result, blob);
    else expect(["bad-tar", "bad-compression", "truncated", "limit-exceeded"]).toContain(result.code);
  });
  await fc.assert(property, { numRuns: 300 });
}, 60_000);
