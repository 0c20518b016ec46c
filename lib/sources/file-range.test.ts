import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { joinChunks } from "#testing/builders/tar.ts";
import { readRange } from "./file-range.ts";

const bytes = Buffer.from(Array.from({ length: 3 * 2 ** 20 }, (_, i) => (i * 7919) >> 8));
let folder = "";
let file = "";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "file-range-"));
  file = join(folder, "blob");
  await writeFile(file, bytes);
});
afterAll(() => rm(folder, { recursive: true }));

it.each([
  [0, bytes.length],
  [5, 10],
  [1, 2 ** 20],
  [100, 2 ** 21 + 3],
  [bytes.length, 0],
])("reads from %i on %i bytes and no more", async (offset, length) => {
  const read = await joinChunks(readRange({ file, offset, length }));
  expect(read.equals(bytes.subarray(offset, offset + length))).toBe(true);
});

it("reports a file that ends early as truncated, with the offset, without its path", async () => {
  const read = joinChunks(readRange({ file, offset: 10, length: bytes.length }));
  await expect(read).rejects.toMatchObject({ code: "truncated", place: `byte ${bytes.length}` });
  await expect(read).rejects.not.toThrow(folder);
});

it("gives the same bytes in one buffer, for a reader that is done with each chunk", async () => {
  const pieces: Buffer[] = [];
  const buffers = new Set<ArrayBufferLike>();
  for await (const chunk of readRange({ file, offset: 7, length: bytes.length - 20 }, { reuse: true })) {
    pieces.push(Buffer.from(chunk));
    buffers.add(chunk.buffer);
  }
  expect(Buffer.concat(pieces).equals(bytes.subarray(7, bytes.length - 13))).toBe(true);
  expect([pieces.length, buffers.size]).toEqual([3, 1]);
});
