import assert from "node:assert/strict";
import { brotliCompressSync, gzipSync, zstdCompressSync } from "node:zlib";
import {
  decompress,
  type ExpansionLimits,
  isStreamCompression,
  sniffCompression,
  sniffStream,
} from "#lib/formats/compression/index.ts";
import { ZstdFrameCutter } from "#lib/formats/compression/zstd-frames.ts";
import { Chunker } from "#lib/formats/fastcdc/index.ts";
import type { Compression } from "#lib/model/layer.ts";
import { inChunks, joinChunks } from "#testing/builders/tar.ts";
import type { FuzzTarget } from "../fuzz-target.ts";
import { isRefused, orRefused, orRefusedLater } from "../hold.ts";

const LIMITS: ExpansionLimits = { freeBytes: 4096, ratio: 50, expandedBytes: 65_536 };
/** Chunks given to a decoder, each a task for another thread: they dominate the time of an execution. */
const MAX_PIECES = 8;
const CHUNK_SIZES = { minBytes: 16, averageBytes: 64, maxBytes: 256 };

/** The first byte sets the chunk length; the rest is the stream. */
function split(input: Uint8Array): { chunkBytes: number; stream: Uint8Array } {
  return { chunkBytes: (input[0] ?? 0) + 1, stream: input.subarray(1) };
}

async function expand(stream: Uint8Array, expected: Compression, chunkBytes: number): Promise<Buffer> {
  const { compression, chunks } = await sniffStream(inChunks(stream, chunkBytes));
  assert.equal(compression, expected, "chunks hide the compression");
  return joinChunks(decompress(chunks, { compression, limits: LIMITS, chunkBytes: 4096 }));
}

async function checkCompression(input: Uint8Array): Promise<void> {
  const { chunkBytes, stream } = split(input);
  const compression = sniffCompression(stream);
  const partBytes = Math.max(chunkBytes, Math.ceil(stream.length / MAX_PIECES));
  const inParts = await orRefusedLater(() => expand(stream, compression, partBytes));
  // How far a decoder has come when it stops does not depend on the bytes alone: only accepted output is compared.
  if (isRefused(inParts)) return;
  const whole = await orRefusedLater(() => expand(stream, compression, stream.length || 1));
  if (isRefused(whole)) {
    // A frame without the bytes that its header promises: libzstd notices only in one piece. The layer's digest decides.
    assert.ok(compression === "zstd" && whole.code === "bad-compression", "chunks make a difference");
    return;
  }
  assert.deepEqual(inParts, whole);
  assert.ok(whole.length <= LIMITS.expandedBytes, "more than the limit");
}

/** The compressions of binary caches, which are named: bit 0 of the first byte chooses one. */
async function checkNamed(input: Uint8Array): Promise<void> {
  const { chunkBytes, stream } = split(input);
  const compression = chunkBytes % 2 === 1 ? "xz" : "br";
  assert.ok(isStreamCompression(compression));
  const expandAll = (partBytes: number) =>
    orRefusedLater(() => joinChunks(decompress(inChunks(stream, partBytes), { compression, limits: LIMITS })));
  const inParts = await expandAll(Math.max(chunkBytes, Math.ceil(stream.length / MAX_PIECES)));
  const whole = await expandAll(stream.length || 1);
  if (isRefused(inParts) || isRefused(whole)) return;
  assert.deepEqual(inParts, whole);
  assert.ok(whole.length <= LIMITS.expandedBytes, "more than the limit");
}

/** The decoder gets the stream without its skippable frames, wherever chunks split it. */
function checkFrames(input: Uint8Array): void {
  const { chunkBytes, stream } = split(input);
  const whole = orRefused(() => cutFrames(stream, stream.length || 1));
  const inParts = orRefused(() => cutFrames(stream, chunkBytes));
  if (isRefused(whole) || isRefused(inParts)) {
    assert.ok(isRefused(whole) && isRefused(inParts) && whole.place === inParts.place, "chunks make a difference");
    return;
  }
  assert.deepEqual(inParts, whole);
  assert.ok(whole.kept.length <= stream.length);
}

function cutFrames(stream: Uint8Array, chunkBytes: number): { kept: Buffer; atFrameEnd: boolean; sawFrame: boolean } {
  const cutter = new ZstdFrameCutter();
  const pieces: Uint8Array[] = [];
  for (let at = 0; at < stream.length; at += chunkBytes)
    pieces.push(...cutter.cut(stream.subarray(at, at + chunkBytes)));
  return { kept: Buffer.concat(pieces), atFrameEnd: cutter.atFrameEnd, sawFrame: cutter.sawFrame };
}

/** Chunks cover the body, keep to the maximum length, and end in the same places however the body is split. */
function checkChunks(input: Uint8Array): void {
  const { chunkBytes, stream } = split(input);
  const expected = cutLengths(stream, stream.length || 1);
  assert.deepEqual(cutLengths(stream, chunkBytes), expected);
  assert.equal(
    expected.reduce((sum, length) => sum + length, 0),
    stream.length,
  );
  for (const [i, length] of expected.entries()) {
    assert.ok(length > 0 && length <= CHUNK_SIZES.maxBytes);
    if (i < expected.length - 1) assert.ok(length >= CHUNK_SIZES.minBytes);
  }
}

function cutLengths(body: Uint8Array, pieceBytes: number): number[] {
  const chunker = new Chunker(CHUNK_SIZES);
  const ends: number[] = [];
  for (let at = 0; at < body.length; at += pieceBytes)
    ends.push(...chunker.push(body.subarray(at, at + pieceBytes)).map((end) => at + end));
  chunker.finish();
  if (body.length > (ends.at(-1) ?? 0)) ends.push(body.length);
  return ends.map((end, i) => end - (ends[i - 1] ?? 0));
}

const SKIPPABLE = Buffer.from([0x50, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3]);
const ZSTD = zstdCompressSync("hello hello hello hello");
const GZIP = gzipSync("hello");
/** `printf hello | xz --check=crc32`. */
const XZ = Buffer.from(
  "fd377a585a0000016922de3604c00905210116000000000000000000bf79256701000468656c6c6f0000000086a6103600012105475473dc9042990d010000000001595a",
  "hex",
);

function seed(chunkByte: number, ...parts: Uint8Array[]): Uint8Array {
  return Buffer.concat([Buffer.from([chunkByte]), ...parts]);
}

export const STREAM_TARGETS: readonly FuzzTarget[] = [
  {
    name: "compression",
    maxLength: 512,
    check: checkCompression,
    isAsync: true,
    dictionary: ["\x1f\x8b"],
    seeds: [
      seed(9, GZIP),
      seed(0, GZIP, GZIP, Buffer.alloc(20)),
      seed(3, ZSTD),
      seed(4, SKIPPABLE, ZSTD, SKIPPABLE, ZSTD),
      seed(200, zstdCompressSync(Buffer.alloc(60_000))),
      seed(200, gzipSync(Buffer.alloc(60_000))),
      seed(1, Buffer.from("plain")),
    ],
  },
  {
    name: "xz-brotli",
    maxLength: 512,
    check: checkNamed,
    isAsync: true,
    dictionary: ["\xfd7zXZ\0"],
    seeds: [seed(0, XZ), seed(2, XZ, XZ, Buffer.alloc(4)), seed(1, brotliCompressSync("hello hello hello hello"))],
  },
  {
    name: "zstd-frames",
    maxLength: 512,
    check: checkFrames,
    seeds: [seed(0, SKIPPABLE, ZSTD, ZSTD), seed(6, ZSTD, SKIPPABLE), seed(2, Buffer.from("none"))],
  },
  { name: "fastcdc", maxLength: 2048, check: checkChunks, seeds: [seed(7, ZSTD), seed(40, Buffer.alloc(1500, "abc"))] },
];
