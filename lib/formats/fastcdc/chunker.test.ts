import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CHUNK_SIZES, type ChunkSizes, parseChunkSizes } from "#lib/model/chunk.ts";
import { naiveChunkLengths } from "#testing/oracles/naive-chunks.ts";
import { Chunker } from "./chunker.ts";
import { GEAR } from "./gear.ts";

/** Small enough that the oracle, which is a hundred times slower, produces many chunks. */
const SMALL: ChunkSizes = { minBytes: 64, averageBytes: 256, maxBytes: 1024 };

/** Pseudo-random bytes, the same every time. */
function noise(byteCount: number, seed = 1): Uint8Array {
  const bytes = new Uint8Array(byteCount);
  let state = seed;
  for (let i = 0; i < byteCount; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    bytes[i] = state >>> 24;
  }
  return bytes;
}

function chunkLengths(body: Uint8Array, sizes: ChunkSizes, cuts: readonly number[] = []): number[] {
  const chunker = new Chunker(sizes);
  const ends: number[] = [];
  let from = 0;
  for (const to of [...cuts, body.length]) {
    ends.push(...chunker.push(body.subarray(from, to)).map((end) => from + end));
    from = to;
  }
  const last = chunker.finish();
  if (last > 0) ends.push(body.length);
  expect(ends.at(-1) ?? 0).toBe(body.length);
  return ends.map((end, i) => end - (ends[i - 1] ?? 0));
}

function every(byteCount: number, step: number): number[] {
  return Array.from({ length: Math.floor(byteCount / step) }, (_, i) => (i + 1) * step);
}

const bodies = fc
  .tuple(fc.integer({ min: 0, max: 8000 }), fc.integer(), fc.integer({ min: 1, max: 255 }))
  .map(([byteCount, seed, letters]) => noise(byteCount, seed).map((byte) => byte % letters));

describe("the chunks of a body", () => {
  it("are those of the definition", () => {
    fc.assert(
      fc.property(bodies, (body) => {
        expect(chunkLengths(body, SMALL)).toEqual(naiveChunkLengths(body, SMALL));
      }),
    );
  });

  it.each([1, 511])("do not depend on pieces of %i bytes", (step) => {
    const body = noise(300_000);
    const whole = chunkLengths(body, CHUNK_SIZES);
    expect(whole.length).toBeGreaterThan(2);
    expect(chunkLengths(body, CHUNK_SIZES, every(body.length, step))).toEqual(whole);
  });

  it("do not depend on how the body is split into pieces", () => {
    fc.assert(
      fc.property(bodies, fc.array(fc.nat(), { maxLength: 40 }), (body, places) => {
        const cuts = places.map((place) => place % (body.length + 1)).sort((a, b) => a - b);
        expect(chunkLengths(body, SMALL, cuts)).toEqual(chunkLengths(body, SMALL));
      }),
    );
  });

  it("are within the minimum and maximum length, except the last, and sum to the body", () => {
    fc.assert(
      fc.property(bodies, (body) => {
        const lengths = chunkLengths(body, SMALL);
        expect(lengths.reduce((sum, length) => sum + length, 0)).toBe(body.length);
        for (const length of lengths) expect(length).toBeLessThanOrEqual(SMALL.maxBytes);
        for (const length of lengths.slice(0, -1)) expect(length).toBeGreaterThan(SMALL.minBytes);
      }),
    );
  });

  it("after a cut are those of the rest alone", () => {
    fc.assert(
      fc.property(bodies, (body) => {
        const [first = 0, ...rest] = chunkLengths(body, SMALL);
        expect(chunkLengths(body.subarray(first), SMALL)).toEqual(rest);
      }),
    );
  });

  it("have about the average length", () => {
    const lengths = chunkLengths(noise(64 * 1024 ** 2), CHUNK_SIZES);
    const mean = (64 * 1024 ** 2) / lengths.length;
    expect(mean).toBeGreaterThan(0.75 * CHUNK_SIZES.averageBytes);
    expect(mean).toBeLessThan(1.5 * CHUNK_SIZES.averageBytes);
    const normal = lengths.filter((length) => length > 2 ** 15 && length <= 2 ** 17);
    expect(normal.length / lengths.length).toBeGreaterThan(0.8);
  });

  it("mostly stay the same after bytes are inserted", () => {
    const body = noise(8 * 1024 ** 2);
    const shifted = Buffer.concat([body.subarray(0, 1_000_000), Buffer.from("seven!!"), body.subarray(1_000_000)]);
    const before = chunkHashes(body);
    const after = chunkHashes(shifted);
    expect(before.size).toBeGreaterThan(80);
    expect([...after].filter((hash) => !before.has(hash)).length).toBeLessThanOrEqual(3);
  });

  it("are one for a body up to the minimum length, none for an empty one", () => {
    expect(chunkLengths(noise(SMALL.minBytes), SMALL)).toEqual([SMALL.minBytes]);
    expect(chunkLengths(noise(0), SMALL)).toEqual([]);
  });

  it("of zeros are all equal", () => {
    const lengths = chunkLengths(new Uint8Array(10 * SMALL.maxBytes), SMALL);
    expect(new Set(lengths).size).toBe(1);
  });
});

function chunkHashes(body: Uint8Array): Set<string> {
  let at = 0;
  const hashes = chunkLengths(body, CHUNK_SIZES).map((length) => {
    at += length;
    return createHash("sha256")
      .update(body.subarray(at - length, at))
      .digest("hex");
  });
  return new Set(hashes);
}

describe("the Gear table", () => {
  it("has 256 different numbers, and these: stored chunks were cut with them", () => {
    expect(new Set(GEAR).size).toBe(256);
    expect(createHash("sha256").update(Buffer.from(GEAR.buffer)).digest("hex")).toMatchInlineSnapshot(
      `"a22a86d95bc18405f68ed5a0254053fb83df32ac0cf750910e741540c9f0ee96"`,
    );
  });
});

describe("sizes as users write them", () => {
  it("are KiB", () => expect(parseChunkSizes("16/64/256")).toEqual(CHUNK_SIZES));

  it.each([
    "",
    "16",
    "16/64",
    "64/16/256",
    "16/64/64",
    "0/64/256",
    "16/65/256",
    "16/64/8192",
    "1e1/64/256",
    "-1/64/256",
  ])("%j is refused", (text) => expect(parseChunkSizes(text)).toBeUndefined());
});
