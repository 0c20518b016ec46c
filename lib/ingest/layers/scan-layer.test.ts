import { createHash } from "node:crypto";
import { gzipSync, zstdCompressSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { OUTPUT_CHUNK_BYTES } from "#lib/formats/compression/index.ts";
import { EntryKind, entryLink, entryPath, type LayerScan } from "#lib/model/layer.ts";
import { buildTar, inChunks, type TarMember } from "#testing/builders/tar.ts";
import { isDocument } from "./documents.ts";
import { SCAN_LIMITS } from "./limits.ts";
import { ScanBudget } from "./scan-budget.ts";
import { type ScanLayerOptions, scanLayer } from "./scan-layer.ts";

type Options = Partial<ScanLayerOptions> & { chunkBytes?: number };

const scanBytes = (blob: Uint8Array, { chunkBytes, ...options }: Options = {}) =>
  scanLayer(inChunks(blob, chunkBytes), { isDocument, ...options });
const scanMembers = (members: readonly TarMember[], options: Options = {}) => scanBytes(buildTar(members), options);
const paths = ({ entries }: LayerScan) => Array.from({ length: entries.count }, (_, i) => entryPath(entries, i));
const kinds = ({ entries }: LayerScan) => Array.from(entries.kind);
const sha256 = (bytes: string | Uint8Array) => createHash("sha256").update(bytes).digest("hex");

const MEMBERS: TarMember[] = [
  { path: "./", type: "5", mode: 0o40755 },
  { path: "./usr/bin/tool", body: "x".repeat(3000), mode: 0o104755, uid: 7, gid: 8, mtime: 1_700_000_000 },
  { path: "usr/bin/alias", type: "1", link: "./usr/bin/tool" },
  { path: "usr/bin/sym", type: "2", link: "../lib//tool" },
  { path: "copy", body: "x".repeat(3000) },
  { path: "empty" },
  { path: "dev/null", type: "3" },
];

describe("one pass reads everything", () => {
  const tar = buildTar(MEMBERS);

  it("fills the columns in tar order", async () => {
    const scan = await scanBytes(tar);
    expect(paths(scan)).toEqual(["", "usr/bin/tool", "usr/bin/alias", "usr/bin/sym", "copy", "empty", "dev/null"]);
    const { file, directory, hardLink, symlink, charDevice } = EntryKind;
    expect(kinds(scan)).toEqual([directory, file, hardLink, symlink, file, file, charDevice]);
    expect(Array.from(scan.entries.mode.subarray(0, 2))).toEqual([0o755, 0o4755]);
    expect([scan.entries.uid[1], scan.entries.gid[1], scan.entries.mtime[1]]).toEqual([7, 8, 1_700_000_000]);
    expect([2, 3].map((row) => entryLink(scan.entries, row))).toEqual(["usr/bin/tool", "../lib//tool"]);
  });

  it("counts bodies, and not hard links", async () => {
    const { contentSize, entries, tarSize } = await scanBytes(tar);
    expect({ contentSize, tarSize }).toEqual({ contentSize: 6000, tarSize: tar.length });
    expect(Array.from(entries.contentSize)).toEqual([0, 3000, 0, 0, 3000, 0, 0]);
  });

  it("hashes each distinct body once", async () => {
    const { contents, entries } = await scanBytes(tar);
    expect(Array.from(entries.content)).toEqual([-1, 0, -1, -1, 0, 1, -1]);
    expect(Buffer.from(contents.sha256).toString("hex")).toBe(sha256("x".repeat(3000)) + sha256(""));
    expect(Array.from(contents.byteCount)).toEqual([3000, 0]);
  });

  it.each([
    ["none", (bytes: Uint8Array) => bytes],
    ["gzip", gzipSync],
    ["zstd", zstdCompressSync],
  ] as const)("gives one diffID and the blob's own digest: %s", async (compression, compress) => {
    const blob = compress(tar);
    expect(await scanBytes(blob)).toMatchObject({
      compression,
      diffId: `sha256:${sha256(tar)}`,
      digest: `sha256:${sha256(blob)}`,
      downloadSize: blob.length,
    });
  });

  it("is the same however a decoder splits its output, with its memory reused", async () => {
    const body = (i: number) => Buffer.alloc(i * 977, `${i} `);
    const members = Array.from({ length: 90 }, (_, i) => [
      { path: `${i}/${"d".repeat(i)}/file`, body: body(i), pax: i % 3 ? undefined : { path: `${i}/${"e".repeat(i)}` } },
      { path: `${i}/package.json`, body: body(i) },
    ]);
    const long = buildTar(members.flat());
    expect(long.length).toBeGreaterThan(10 * OUTPUT_CHUNK_BYTES);
    const { digest: _, downloadSize, compression, ...plain } = await scanBytes(long);
    expect([downloadSize, compression, plain.documents.length]).toEqual([long.length, "none", 90]);
    for (const compress of [gzipSync, zstdCompressSync]) expect(await scanBytes(compress(long))).toMatchObject(plain);
  });

  it.each([1, 511])("is the same in chunks of %i bytes", async (chunkBytes) => {
    expect(await scanBytes(tar, { chunkBytes })).toEqual(await scanBytes(tar));
    const blob = gzipSync(tar);
    expect(await scanBytes(blob, { chunkBytes })).toEqual(await scanBytes(blob));
  });

  it("keeps every distinct body of a large layer separate", async () => {
    const members = Array.from({ length: 3000 }, (_, i) => ({ path: `f${i}`, body: `body ${i % 2500}` }));
    const { contents, entries } = await scanMembers(members);
    expect(contents.count).toBe(2500);
    for (let i = 0; i < 3000; i++) expect(entries.content[i]).toBe(i % 2500);
  });

  it("includes the bytes after the end blocks in the diffID and the length", async () => {
    const padded = Buffer.concat([tar, Buffer.alloc(10_240, "junk")]);
    expect(await scanBytes(padded)).toMatchObject({ diffId: `sha256:${sha256(padded)}`, tarSize: padded.length });
  });

  it("reads an empty and an all-zero stream as an empty layer", async () => {
    for (const blob of [
      new Uint8Array(0),
      new Uint8Array(1024),
      gzipSync(""),
      zstdCompressSync(new Uint8Array(10_240)),
    ]) {
      expect((await scanBytes(blob)).entries.count).toBe(0);
    }
  });

  it("keeps all repeated entries", async () => {
    const scan = await scanMembers([
      { path: "f", body: "1" },
      { path: "f", body: "22" },
    ]);
    expect(paths(scan)).toEqual(["f", "f"]);
    expect(scan.contentSize).toBe(3);
  });
});

/** image-spec layer.md, "Whiteouts": the names that each whiteout hides. Their order in the tar must not matter to a scan. */
describe.each(["written first", "written last"])("whiteouts, %s", (order) => {
  const { whiteout, opaqueWhiteout, file } = EntryKind;
  it.each([
    ["a/.wh.a-file", "a/a-file", whiteout],
    ["a/b/.wh.dir-x", "a/b/dir-x", whiteout],
    ["./.wh.bin", "bin", whiteout],
    ["a/.wh..wh..opq", "a", opaqueWhiteout],
    ["bin/.wh..wh..opq", "bin", opaqueWhiteout],
    [".wh..wh..opq", "", opaqueWhiteout],
    ["a/.wh..hidden", "a/.hidden", whiteout],
    ["a/.wh..wh.x", "a/.wh.x", whiteout],
    ["a/.wh", "a/.wh", file],
    ["a/x.wh.y", "a/x.wh.y", file],
    ["a/.wh.d/f", "a/.wh.d/f", file],
  ])("%s speaks of %j", async (written, path, kind) => {
    const sibling = { path: "a/b/sibling", body: "x" };
    const members = order === "written first" ? [{ path: written }, sibling] : [sibling, { path: written }];
    const scan = await scanMembers(members);
    const row = order === "written first" ? 0 : 1;
    expect([paths(scan)[row], kinds(scan)[row]]).toEqual([path, kind]);
    expect(paths(scan)[1 - row]).toBe("a/b/sibling");
    expect(scan.problems).toEqual([]);
  });

  it.each([".wh..wh.aufs", ".wh..wh.plnk/12.34", ".wh..wh.orph/x", ".wh.", "a/.wh..", "a/.wh..."])(
    "%s is in no tree, its body counts, and it is reported",
    async (written) => {
      const kept = { path: "kept", body: "x" };
      const odd = { path: written, body: "body" };
      const scan = await scanMembers(order === "written first" ? [odd, kept] : [kept, odd]);
      const row = order === "written first" ? 0 : 1;
      expect([paths(scan)[row], kinds(scan)[row]]).toEqual([written, EntryKind.reserved]);
      expect([scan.contentSize, scan.entries.contentSize[row], scan.entries.content[row]]).toEqual([5, 4, -1]);
      expect(scan.problems).toMatchObject([{ code: "bad-tar", severity: "warning", path: written.replace(/\/$/, "") }]);
    },
  );
});

describe("hostile paths", () => {
  it("keeps a path that leaves the root inside it, with its bytes and a warning", async () => {
    const scan = await scanMembers([{ path: "../../etc/passwd", body: "root" }]);
    expect(paths(scan)).toEqual(["etc/passwd"]);
    expect(scan.contentSize).toBe(4);
    expect(scan.problems).toMatchObject([{ code: "bad-tar", severity: "warning", path: "../../etc/passwd" }]);
  });

  it("leaves out of the tree a root that is not a directory", async () => {
    const scan = await scanMembers([{ path: "./", type: "0", body: "x" }]);
    expect([kinds(scan), scan.contentSize, scan.problems.length]).toEqual([[EntryKind.reserved], 1, 1]);
  });

  it("keeps names that are not UTF-8 distinct", async () => {
    const scan = await scanMembers([{ path: Uint8Array.of(0x61, 0xff) }, { path: Uint8Array.of(0x61, 0xfe) }]);
    expect(paths(scan)).toEqual(["a\\xff", "a\\xfe"]);
  });

  it("names the place of a refused entry", async () => {
    await expect(scanBytes(Buffer.alloc(2000, "no tar "))).rejects.toMatchObject({ code: "bad-tar", place: "byte 0" });
    const cut = buildTar([{ path: "a/b", body: "x".repeat(900) }]).subarray(0, 1000);
    await expect(scanBytes(gzipSync(cut))).rejects.toMatchObject({ code: "truncated", place: "a/b" });
  });
});

describe("documents", () => {
  it("keeps the bodies that package detection reads, split over chunks or not", async () => {
    const members = [
      { path: "bin/sh", body: "no" },
      { path: "./var/lib/dpkg/status", body: "Package: x\n".repeat(99) },
    ];
    for (const chunkBytes of [1, 511, undefined]) {
      const { documents } = await scanMembers(members, { chunkBytes });
      expect(documents.map(({ entry, body }) => [entry, Buffer.from(body).toString()])).toEqual([
        [1, "Package: x\n".repeat(99)],
      ]);
    }
  });

  it("leaves out, with a warning, a document too long for the limit of one or of the layer", async () => {
    const members = ["a", "b", "c"].map((name) => ({ path: `${name}/package.json`, body: "x".repeat(100) }));
    const kept = async (limits: Partial<typeof SCAN_LIMITS>) => {
      const scan = await scanMembers(members, { limits: { ...SCAN_LIMITS, ...limits } });
      const expected = { code: "limit-exceeded", severity: "warning" };
      for (const problem of scan.problems) expect(problem).toMatchObject(expected);
      return [scan.documents.length, scan.problems.length, scan.contentSize];
    };
    expect(await kept({ documentBytes: 100, documentBytesPerLayer: 300 })).toEqual([3, 0, 300]);
    expect(await kept({ documentBytes: 99 })).toEqual([0, 3, 300]);
    expect(await kept({ documentBytesPerLayer: 200 })).toEqual([2, 1, 300]);
  });

  it("leaves out a document that no longer fits the scan", async () => {
    const budget = ScanBudget.open({ entries: 9, nameBytes: 999, documentBytes: 150 });
    const member = { path: "package.json", body: "x".repeat(100) };
    expect((await scanMembers([member], { budget })).documents).toHaveLength(1);
    expect((await scanMembers([member], { budget })).documents).toHaveLength(0);
  });
});

describe("limits of a scan, over all its layers", () => {
  const members = [{ path: "aaaa" }, { path: "bbbb", type: "2", link: "cc" }];

  it("stops at the first entry over the limit", async () => {
    const budget = ScanBudget.open({ entries: 3, nameBytes: 1000, documentBytes: 0 });
    expect((await scanMembers(members, { budget })).entries.count).toBe(2);
    await expect(scanMembers(members, { budget })).rejects.toMatchObject({ code: "limit-exceeded", place: "bbbb" });
  });

  it("stops when names, including link targets, take too many bytes", async () => {
    const open = (nameBytes: number) => ScanBudget.open({ entries: 100, nameBytes, documentBytes: 0 });
    expect((await scanMembers(members, { budget: open(10) })).entries.count).toBe(2);
    await expect(scanMembers(members, { budget: open(9) })).rejects.toMatchObject({
      code: "limit-exceeded",
      place: "bbbb",
    });
  });

  it("lists only the first problems of a layer, and counts the rest", async () => {
    const bad = Array.from({ length: 150 }, (_, i) => ({ path: `../${i}` }));
    const { problems } = await scanMembers(bad);
    expect(problems).toHaveLength(SCAN_LIMITS.problems + 1);
    expect(problems.at(-1)?.message).toMatch(/^50 more/);
  });

  it("refuses a symlink target longer than any system allows", async () => {
    const pax = { linkpath: "t".repeat(4097) };
    await expect(scanMembers([{ path: "l", type: "2", pax }])).rejects.toMatchObject({
      code: "limit-exceeded",
      place: "l",
    });
  });
});
