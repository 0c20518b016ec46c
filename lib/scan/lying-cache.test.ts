import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync, zstdCompressSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { type CachedItem, writeCachedItem } from "#testing/builders/binary-cache.ts";
import { testStorePath } from "#testing/builders/store.ts";
import { directory, file } from "#testing/builders/store-items.ts";
import { measureCli, runCli } from "#testing/run/run-cli.ts";
import { type DirectoryLie, serveDirectory } from "#testing/run/serve-directory.ts";
import { makeTestPlace } from "#testing/run/test-place.ts";

const MIB = 1024 ** 2;
const MAX_RESIDENT = 512 * MIB;
// Not in package.json: every Debian has it, and without it the tests are skipped.
const XZ = "xz";
const hasXz = spawnSync(XZ, ["--version"]).status === 0;
const xz = (bytes: Uint8Array, ...options: string[]) =>
  execFileSync(XZ, ["-c", ...options], { input: bytes, maxBuffer: 1024 * MIB });

const TREE = directory({ bin: directory({ run: file("#!/bin/sh\n", true) }), text: file("x".repeat(100_000)) });
const HONEST = { path: testStorePath(2, "honest-1"), tree: file("what it should be"), references: [] };
const sha256 = (bytes: Uint8Array) => `sha256:${createHash("sha256").update(bytes).digest("hex")}`;

const place = makeTestPlace();
let count = 10;

/** A cache of one lying path and one honest one that it refers to, both scanned with --files. */
async function scanLiar(liar: Partial<CachedItem>, lie?: DirectoryLie) {
  const folder = join(place.folder, `${count}`);
  const path = testStorePath(count++, "liar-1");
  const honest = { ...HONEST, path: testStorePath(count++, "honest-1") };
  const written = { ...writeCachedItem(folder, { path, tree: TREE, references: [honest.path], ...liar }), folder };
  writeCachedItem(folder, honest);
  const run = async () => {
    const server = await serveDirectory(folder, lie);
    const source = `nix-cache:${server.url}#${written.hashPart}`;
    const ran = await measureCli(["scan", source, "--files", "--name", path], { databaseUrl: place.database.url });
    await server.stop();
    expect(ran.peakBytes).toBeLessThan(MAX_RESIDENT);
    return { ...ran, path };
  };
  return { written, run };
}

/** The item is left out with one warning, and the honest one is read. */
async function expectLeftOut(liar: Partial<CachedItem>, says: string | RegExp, lie?: DirectoryLie): Promise<void> {
  const { run } = await scanLiar(liar, lie);
  const { status, stderr } = await run();
  expect(stderr.match(/^stratigraph: warning: .*$/gm)).toEqual([expect.stringMatching(says)]);
  expect([status, stderr]).toEqual([0, expect.stringContaining("1 file of 17 B in 1 of its items, 1 warning")]);
}

const FAST = { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } };
const gzip = { compression: "gzip", compress: gzipSync };

describe("a NAR that differs from its narinfo is left out with one line", () => {
  it.each<[string, Partial<CachedItem>, string | RegExp]>([
    ["another file hash", { claims: { FileHash: sha256(Buffer.of(1)) } }, "does not have the file hash"],
    [
      "a file hash that is no SHA-256",
      { claims: { FileHash: `md5:${"0".repeat(32)}` } },
      "file hash that is not SHA-256",
    ],
    ["another NAR hash", { claims: { NarHash: sha256(Buffer.of(1)) } }, "do not have the NAR hash in the narinfo"],
    [
      "a NAR hash that is no SHA-256",
      { claims: { NarHash: `md5:${"0".repeat(32)}` } },
      "no SHA-256 to check it against",
    ],
    ["a larger file size", { ...gzip, claims: { FileSize: 1_000_000 } }, /expected 1000000, got \d+ bytes/],
    ["a smaller file size", { ...gzip, claims: { FileSize: 5 } }, "expected 5, got more than 5 bytes"],
    ["a smaller NAR size", { ...gzip, claims: { NarSize: 1000 } }, "expands to more than the 1000 bytes"],
    ["a larger NAR size", { ...gzip, claims: { NarSize: 1_000_000 } }, "expected a NAR of 1000000 bytes"],
    ["another compression", { ...gzip, claims: { Compression: "zstd" } }, /: /],
    ["no NAR at its URL", { claims: { URL: "nar/gone" } }, "the cache does not have nar/gone"],
    ["a URL that is none of HTTP", { claims: { URL: "file:///etc/passwd" } }, "not at a URL of HTTP"],
    [
      "a bomb of zeros in brotli",
      { compression: "br", compress: () => brotliCompressSync(Buffer.alloc(64 * MIB), FAST) },
      "expands to more than",
    ],
    [
      "a bomb behind an honest beginning",
      { compression: "zstd", compress: (nar) => zstdCompressSync(Buffer.concat([nar, Buffer.alloc(64 * MIB)])) },
      "expands to more than",
    ],
    ["a truncated NAR", { compress: (nar) => nar.subarray(0, 5000) }, "the NAR ends too early"],
    ["bytes after the NAR", { compress: (nar) => Buffer.concat([nar, nar]) }, "expands to more than"],
    ["a truncated gzip", { ...gzip, compress: (nar) => gzipSync(nar).subarray(0, 90) }, "ends too early"],
    ["nothing at all", { ...gzip, compress: () => Buffer.of() }, "ends too early"],
  ])("%s", (_, liar, says) => expectLeftOut(liar, says));
});

describe.skipIf(!hasXz)("xz (needs xz on the PATH)", () => {
  it.each<[string, CachedItem["compress"], string | RegExp]>([
    ["a dictionary of 1 GiB", (nar) => xz(nar, "--lzma2=dict=1GiB"), "an xz dictionary over 67108864 bytes"],
    ["a truncated stream", (nar) => xz(nar).subarray(0, -40), "ends too early"],
    ["a damaged stream", (nar) => damage(xz(nar)), "damaged"],
    ["a filter that is not read", (nar) => xz(nar, "--x86", "--lzma2"), "a filter or a checksum that is not read"],
    ["another format", (nar) => gzipSync(nar), "not an xz stream"],
    ["a bomb", (nar) => xz(Buffer.concat([nar, Buffer.alloc(64 * MIB)])), "expands to more than"],
    ["nothing at all", () => Buffer.of(), "the compressed stream is empty"],
  ])("%s is one line", (_, compress, says) => expectLeftOut({ compression: "xz", compress }, says));

  it("four large files with the largest dictionary stay under the ceiling", { timeout: 120_000 }, async () => {
    const folder = join(place.folder, "large");
    const paths = Array.from({ length: 4 }, () => testStorePath(count++, "large-1"));
    const compress = (nar: Uint8Array) => xz(nar, "-9");
    for (const [i, path] of paths.entries()) {
      const tree = file(Buffer.alloc(100 * MIB, `${i}`));
      const references = i === 0 ? paths : [];
      writeCachedItem(folder, { path, tree, references, compression: "xz", compress });
    }
    const run = await measureCli(["scan", `nix-cache:${folder}`, "--files"], { databaseUrl: place.database.url });
    expect([run.status, run.stderr]).toEqual([0, expect.stringContaining("4 files of 400.0 MiB")]);
    expect(run.peakBytes).toBeLessThan(MAX_RESIDENT);
    console.info(`large dictionaries: ${Math.round(run.peakBytes / MIB)} MiB`);
  });

  it.each<[string, CachedItem["compress"]]>([
    ["of the largest dictionary that is read", (nar) => xz(nar, "-9")],
    [
      "of several streams, with padding",
      (nar) => Buffer.concat([xz(nar.subarray(0, 999)), xz(nar.subarray(999)), Buffer.alloc(8)]),
    ],
    ["of several blocks", (nar) => xz(nar, "--block-size=10000", "-T2")],
    ["without a checksum", (nar) => xz(nar, "--check=none")],
  ])("a file %s is read", async (_, compress) => {
    const { run } = await scanLiar({ compression: "xz", compress });
    expect((await run()).stderr).toMatch(/3 files of 97\.7 KiB|3 files of /);
  });
});

function damage(bytes: Buffer): Buffer {
  const damaged = Buffer.from(bytes);
  damaged[40]! ^= 0xff;
  return damaged;
}

describe("a cache that cannot be reached any more ends the scan, and nothing is stored", () => {
  const expectNothing = async (path: string) => {
    const shown = await runCli(["show", path], { databaseUrl: place.database.url });
    expect(shown.status).toBe(2);
  };

  it("a status of 500 for a NAR", async () => {
    const { run } = await scanLiar({}, (path, response) => {
      if (path.startsWith("nar/")) response.writeHead(501).end();
      return path.startsWith("nar/");
    });
    const { status, stderr, path } = await run();
    expect([status, stderr.trim().split("\n").length]).toEqual([4, 1]);
    expect(stderr).toContain("status 501");
    await expectNothing(path);
  });

  it("a body of one byte a second", { timeout: 120_000 }, async () => {
    const timers: NodeJS.Timeout[] = [];
    const { run, written } = await scanLiar({}, (path, response) => {
      const isNar = path === written.url;
      let at = 0;
      if (isNar) timers.push(setInterval(() => response.write(written.stored.subarray(at, ++at)), 1000));
      return isNar;
    });
    const { status, stderr, path } = await run();
    for (const timer of timers) clearInterval(timer);
    expect([status, stderr.trim().split("\n").length]).toEqual([4, 1]);
    expect(stderr).toMatch(/sent only \d+ bytes in \d+ s/);
    await expectNothing(path);
  });

  it("no file outside the directory is read, by name or by link", async () => {
    const { written } = await scanLiar({ claims: { URL: "../../../../../../etc/passwd" } });
    const other = await scanLiar({ claims: { URL: "nar/link" } });
    writeFileSync(join(place.folder, "secret"), "x");
    symlinkSync(join(place.folder, "secret"), join(other.written.folder, "nar/link"));
    for (const { folder, hashPart } of [written, other.written]) {
      const { stderr, status } = await runCli(["scan", `nix-cache:${folder}#${hashPart}`, "--files"], {
        databaseUrl: place.database.url,
      });
      expect([status, stderr]).toEqual([0, expect.stringContaining("the cache does not have ")]);
    }
  });
});
