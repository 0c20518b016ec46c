import { gzipSync, constants as zlib, zstdCompressSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { InputError } from "#lib/model/problem.ts";
import { inChunks, joinChunks } from "#testing/builders/tar.ts";
import { decompress } from "./decompress.ts";
import { EXPANSION_LIMITS, type ExpansionLimits, MAX_EXPANSION_RATIO, MAX_ZSTD_WINDOW_LOG } from "./limits.ts";
import { sniffCompression } from "./sniff.ts";

const TEXT = "a layer is a tar of what changed. ".repeat(2000);
const SKIPPABLE = Buffer.from([0x53, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3]);

interface Run {
  chunkBytes?: number;
  limits?: ExpansionLimits;
}

async function expand(bytes: Uint8Array, { chunkBytes, limits }: Run = {}): Promise<string> {
  const compression = sniffCompression(bytes);
  return (await joinChunks(decompress(inChunks(bytes, chunkBytes), { compression, limits }))).toString("latin1");
}

async function failure(bytes: Uint8Array, run: Run = {}): Promise<InputError> {
  const error: unknown = await expand(bytes, run).catch((thrown: unknown) => thrown);
  if (error instanceof InputError) return error;
  throw new Error("no InputError", { cause: error });
}

describe("compression is detected from the first bytes", () => {
  it.each([
    ["gzip", gzipSync("x")],
    ["zstd", zstdCompressSync("x")],
    ["zstd", SKIPPABLE],
    ["none", Buffer.from("usr/\0\0")],
    ["none", Buffer.alloc(0)],
    ["none", Buffer.from([0x1f])],
    ["none", Buffer.from([0x28, 0xb5, 0x2f])],
  ])("%s", (compression, bytes) => {
    expect(sniffCompression(bytes)).toBe(compression);
  });
});

describe.each([1, 511, undefined])("streams of several parts, in chunks of %s bytes", (chunkBytes) => {
  it("reads on through every gzip member (pigz, eStargz)", async () => {
    const members = Buffer.concat([gzipSync(TEXT), gzipSync(""), gzipSync("tail")]);
    expect(await expand(members, { chunkBytes })).toBe(`${TEXT}tail`);
  });

  it("tolerates zeros after the last gzip member", async () => {
    expect(await expand(Buffer.concat([gzipSync("x"), Buffer.alloc(2000)]), { chunkBytes })).toBe("x");
  });

  it("refuses any other bytes after it", async () => {
    for (const tail of [Buffer.from("garbage"), Buffer.concat([Buffer.alloc(600), Buffer.from("x")])]) {
      expect(await failure(Buffer.concat([gzipSync("x"), tail]), { chunkBytes })).toMatchObject({
        code: "bad-compression",
      });
    }
  });

  it("reads on through every zstd frame (pzstd, zstd:chunked), without skippable ones", async () => {
    const checked = zstdCompressSync(TEXT, { params: { [zlib.ZSTD_c_checksumFlag]: 1 } });
    const frames = [SKIPPABLE, zstdCompressSync("a"), checked, zstdCompressSync(""), SKIPPABLE, zstdCompressSync("z")];
    expect(await expand(Buffer.concat([...frames, SKIPPABLE]), { chunkBytes })).toBe(`a${TEXT}z`);
  });

  it("reads a zstd stream of only skippable frames as an empty one", async () => {
    expect(await expand(Buffer.concat([SKIPPABLE, SKIPPABLE]), { chunkBytes })).toBe("");
  });

  it("refuses a compressed zstd block of no bytes, however it is split into chunks (libzstd accepts it in parts, but not whole)", async () => {
    const header = [0x28, 0xb5, 0x2f, 0xfd, 0x20, 1];
    const blocks = [[4, 0, 0], [9, 0, 0], [0x78]].flat();
    for (const chunkBytes of [1, 7, 100]) {
      const error = await failure(Buffer.from([...header, ...blocks]), { chunkBytes });
      expect(error).toMatchObject({ code: "bad-compression", place: "byte 9" });
    }
  });

  it("refuses garbage between zstd frames", async () => {
    const bytes = Buffer.concat([zstdCompressSync("x"), Buffer.from("garbage!")]);
    expect(await failure(bytes, { chunkBytes })).toMatchObject({ code: "bad-compression" });
  });
});

describe("damage", () => {
  it.each([
    ["gzip", gzipSync(TEXT)],
    ["zstd", zstdCompressSync(TEXT)],
    ["two gzip members", Buffer.concat([gzipSync("x"), gzipSync(TEXT)])],
    ["two zstd frames", Buffer.concat([zstdCompressSync("x"), zstdCompressSync(TEXT)])],
  ])("reports %s cut anywhere in its last part as truncated", async (_what, bytes) => {
    for (const missing of [1, 5, 9, 12, 30]) {
      expect(await failure(bytes.subarray(0, bytes.length - missing))).toMatchObject({ code: "truncated" });
    }
  });

  it("reports a flipped bit as bad-compression, with the offset", async () => {
    for (const bytes of [gzipSync(TEXT), zstdCompressSync(TEXT, { params: { [zlib.ZSTD_c_checksumFlag]: 1 } })]) {
      bytes[bytes.length - 3]! ^= 4;
      const error = await failure(bytes);
      expect(error.code).toBe("bad-compression");
      expect(error.place).toMatch(/^byte \d+$/);
    }
  });

  it("passes an error of the source on unchanged", async () => {
    const gone = new Error("connection reset");
    async function* failing() {
      yield gzipSync(TEXT).subarray(0, 20);
      throw gone;
    }
    await expect(joinChunks(decompress(failing(), { compression: "gzip" }))).rejects.toBe(gone);
  });

  it("closes its source when the reader stops early", async () => {
    let closed = false;
    async function* endless() {
      try {
        for (;;) yield gzipSync(TEXT);
      } finally {
        closed = true;
      }
    }
    for await (const _ of decompress(endless(), { compression: "gzip" })) break;
    await expect.poll(() => closed).toBe(true);
  });
});

describe("limits", () => {
  const limits = { ...EXPANSION_LIMITS, freeBytes: 2 ** 20 };

  it("stops a bomb once it exceeds the free part", async () => {
    const bomb = Buffer.alloc(8 * 2 ** 20);
    for (const bytes of [gzipSync(bomb), zstdCompressSync(bomb)]) {
      const error = await failure(bytes, { limits });
      expect(error.code).toBe("limit-exceeded");
      expect(error.message).toContain(`${MAX_EXPANSION_RATIO} : 1`);
    }
  });

  it("lets a small stream expand at any ratio", async () => {
    expect(await expand(gzipSync(Buffer.alloc(2 ** 20)), { limits })).toHaveLength(2 ** 20);
  });

  it("stops at the absolute limit, whatever the ratio", async () => {
    const error = await failure(gzipSync(TEXT), { limits: { ...EXPANSION_LIMITS, expandedBytes: 1000 } });
    expect(error).toMatchObject({ code: "limit-exceeded" });
  });

  it("refuses a zstd window that would exhaust the memory", async () => {
    const windowLog = MAX_ZSTD_WINDOW_LOG + 1;
    const params = { [zlib.ZSTD_c_windowLog]: windowLog, [zlib.ZSTD_c_contentSizeFlag]: 0 };
    const frame = Buffer.from(zstdCompressSync("x".repeat(5000), { params }));
    // RFC 8878, 3.1.1.1.2: the window descriptor is the byte after the frame's descriptor; the encoder made it small.
    frame[4] = 0;
    frame[5] = (windowLog - 10) << 3;
    expect(await failure(frame)).toMatchObject({ code: "limit-exceeded" });
  });
});
