import { describe, expect, it } from "vitest";
import { EntryKind } from "#lib/model/layer.ts";
import { InputError } from "#lib/model/problem.ts";
import { buildHeader, buildMember, buildTar, paxRecords, sealHeader, type TarMember } from "#testing/builders/tar.ts";
import { MAX_METADATA_BYTES } from "./limits.ts";
import { TarParser } from "./parser.ts";
import type { TarEntry } from "./sink.ts";

interface Seen extends Omit<TarEntry, "path" | "link"> {
  path: string;
  link: string;
  body: string;
  ended: boolean;
}

function parse(tar: Uint8Array, chunkBytes = tar.length || 1) {
  const entries: Seen[] = [];
  const warnings: string[] = [];
  const parser = new TarParser({
    entry: (entry) =>
      entries.push({ ...entry, path: text(entry.path), link: text(entry.link), body: "", ended: false }),
    body: (piece) => {
      entries.at(-1)!.body += text(piece);
    },
    endEntry: () => {
      entries.at(-1)!.ended = true;
    },
    warn: (_place, message) => warnings.push(message),
  });
  for (let at = 0; at < tar.length; at += chunkBytes) parser.write(tar.subarray(at, at + chunkBytes));
  parser.end();
  return { entries, warnings };
}

function parseOne(member: TarMember): Seen {
  const { entries } = parse(buildTar([member]));
  expect(entries).toHaveLength(1);
  return entries[0]!;
}

function failure(run: () => unknown): InputError {
  try {
    run();
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}

const text = (bytes: Uint8Array) => Buffer.from(bytes).toString("latin1");

describe("every dialect of image builders", () => {
  it("reads ustar with its prefix", () => {
    expect(parseOne({ path: "c.txt", prefix: "a/b", body: "hi" })).toMatchObject({ path: "a/b/c.txt", body: "hi" });
  });

  it("reads v7, where a trailing slash makes a directory", () => {
    const { entries } = parse(
      buildTar([
        { path: "d/", type: "\0", format: "v7" },
        { path: "d/f", type: "\0", format: "v7", body: "x" },
      ]),
    );
    expect(entries.map((entry) => entry.kind)).toEqual([EntryKind.directory, EntryKind.file]);
  });

  it("reads GNU long names and long links, cut at their NUL", () => {
    const long = `${"n".repeat(200)}/${"m".repeat(200)}`;
    const { entries } = parse(
      buildTar([
        { path: "././@LongLink", type: "L", body: `${long}\0`, format: "gnu" },
        { path: "././@LongLink", type: "K", body: `${long}2\0`, format: "gnu" },
        { path: "short", type: "2", link: "short", format: "gnu" },
        { path: "next", format: "gnu" },
      ]),
    );
    expect(entries).toMatchObject([{ path: long, link: `${long}2`, kind: EntryKind.symlink }, { path: "next" }]);
  });

  it("reads base-256 numbers, including negative times", () => {
    expect(parseOne({ path: "f", mtime: -86_400, uid: 2 ** 31, format: "gnu" })).toMatchObject({
      mtime: -86_400,
      uid: 2 ** 31,
    });
  });

  it("reads a GNU header's extra times as times, not as a prefix", () => {
    const header = Buffer.from(buildHeader({ path: "f", format: "gnu" }));
    header.write("14512345670\0", 345);
    expect(parse(Buffer.concat([sealHeader(header)])).entries).toMatchObject([{ path: "f" }]);
  });

  it("reads a prefix under GNU's magic as a prefix, as old Go wrote it", () => {
    expect(parseOne({ path: "f", format: "gnu", prefix: "some/dir" })).toMatchObject({ path: "some/dir/f" });
  });

  it("prefers pax records to the header", () => {
    const pax = { path: "real/é", linkpath: "to/there", mtime: "1700000000.75", uid: "70000", gid: "70001" };
    expect(parseOne({ path: "cut", type: "1", link: "cut", pax })).toMatchObject({
      path: Buffer.from("real/é").toString("latin1"),
      link: "to/there",
      mtime: 1_700_000_000,
      uid: 70_000,
      gid: 70_001,
    });
  });

  it("reads a body's length from pax if the header cannot express it", () => {
    expect(parseOne({ path: "f", body: "12345", claimedBytes: 0, pax: { size: "5" } })).toMatchObject({
      body: "12345",
    });
  });

  it("keeps pax names that are not UTF-8 as bytes", () => {
    const pax = { hdrcharset: "BINARY", path: Uint8Array.of(0xff, 0xfe, 0x41) };
    expect(parseOne({ path: "x", pax }).path).toBe("\xff\xfeA");
  });

  it("lets an empty pax value cancel the record", () => {
    expect(parseOne({ path: "header", pax: { path: "" } }).path).toBe("header");
  });

  it("skips extended attributes and comments", () => {
    const pax = { "SCHILY.xattr.security.capability": Uint8Array.of(1, 0, 0, 2), comment: "hello = world" };
    expect(parseOne({ path: "bin/ping", pax, body: "x" })).toMatchObject({ path: "bin/ping", body: "x" });
  });

  it("ignores a global header as engines do, and reports it unless it is a comment", () => {
    const global = (records: Record<string, string>) =>
      parse(buildTar([{ path: "g", type: "g", body: paxRecords(records) }, { path: "f" }]));
    expect(global({ comment: "abc" })).toMatchObject({ entries: [{ path: "f" }], warnings: [] });
    expect(global({ path: "evil", mtime: "7" })).toMatchObject({ entries: [{ path: "f", mtime: 0 }] });
    expect(global({ path: "evil" }).warnings).toHaveLength(1);
  });

  it("reads every kind of member, and no body for kinds without one", () => {
    const types = ["0", "1", "2", "3", "4", "5", "6", "7"];
    const { entries } = parse(buildTar(types.map((type) => ({ path: type, type, link: "t" }))));
    const { file, hardLink, symlink, charDevice, blockDevice, directory, fifo } = EntryKind;
    expect(entries.map((entry) => entry.kind)).toEqual([
      ...[file, hardLink, symlink, charDevice, blockDevice, directory, fifo, file],
    ]);
    expect(entries.every((entry) => entry.ended)).toBe(true);
  });

  it("gives a hard link no body, whatever its size field says", () => {
    const { entries } = parse(buildTar([{ path: "l", type: "1", link: "f", claimedBytes: 700 }, { path: "next" }]));
    expect(entries).toMatchObject([{ byteCount: 0 }, { path: "next" }]);
  });

  it("skips volume labels and reads unknown types as files", () => {
    const { entries, warnings } = parse(
      buildTar([
        { path: "label", type: "V" },
        { path: "odd", type: "Z", body: "b" },
      ]),
    );
    expect(entries).toMatchObject([{ path: "odd", kind: EntryKind.file, body: "b" }]);
    expect(warnings).toHaveLength(1);
  });
});

describe("sparse files count their stored bytes", () => {
  it("skips the extension headers of the old GNU format", () => {
    const header = Buffer.from(buildHeader({ path: "s", type: "S", claimedBytes: 3, format: "gnu" }));
    header[482] = 1;
    const more = Buffer.alloc(512);
    more[504] = 1;
    const tar = Buffer.concat([
      sealHeader(header),
      more,
      Buffer.alloc(512),
      padTo512("abc"),
      buildTar([{ path: "n" }]),
    ]);
    for (const chunkBytes of [1, 511, tar.length]) {
      expect(parse(tar, chunkBytes).entries).toMatchObject([{ path: "s", byteCount: 3, body: "abc" }, { path: "n" }]);
    }
  });

  it("leaves out the map of format 1.0, however its blocks and lines are split", () => {
    const pax = { path: "G.1/s", "GNU.sparse.major": "1", "GNU.sparse.minor": "0", "GNU.sparse.name": "s" };
    // 80 extents: a map of more than one block, with a number across the border.
    const extents = Array.from({ length: 80 }, (_, i) => `${i * 100_000}\n1\n`).join("");
    const map = Buffer.alloc(1024);
    expect(map.write(`80\n${extents}`)).toBeGreaterThan(512);
    const tar = buildTar([{ path: "x", pax, body: Buffer.concat([map, Buffer.from("d".repeat(80))]) }, { path: "n" }]);
    for (const chunkBytes of [1, 511, 512, tar.length]) {
      expect(parse(tar, chunkBytes).entries).toMatchObject([
        { path: "s", byteCount: 80, body: "d".repeat(80) },
        { path: "n" },
      ]);
    }
    const holes = buildTar([{ path: "x", pax, body: padTo512("1\n4096\n0\n") }]);
    expect(parse(holes).entries).toMatchObject([{ path: "s", byteCount: 0, body: "" }]);
  });

  it.each([
    ["no map", ""],
    ["a map with something other than numbers", padTo512("abc\n")],
    ["an empty line", padTo512("1\n\n0\n")],
    ["an unterminated number", "1".repeat(512)],
    ["more extents than there are bytes", padTo512("9999999\n")],
    ["a map that is not a whole block", "0\n"],
  ])("refuses %s in format 1.0", (_, body) => {
    const pax = { "GNU.sparse.major": "1", "GNU.sparse.minor": "0" };
    for (const chunkBytes of [1, 512]) {
      expect(() => parse(buildTar([{ path: "x", pax, body }]), chunkBytes)).toThrow(
        expect.objectContaining({ code: "bad-tar" }),
      );
    }
  });

  it("uses the real name of formats 0.1 and 1.0", () => {
    const pax = {
      path: "GNUSparseFile.1/s",
      "GNU.sparse.major": "1",
      "GNU.sparse.name": "s",
      "GNU.sparse.realsize": "99",
    };
    expect(parseOne({ path: "x", pax, body: "1\n0\n1\n" })).toMatchObject({ path: "s", byteCount: 6 });
  });
});

describe("any chunking gives the same entries", () => {
  const tar = buildTar([
    { path: "a", body: "x".repeat(700) },
    { path: "b", pax: { path: "b".repeat(600) }, body: "y".repeat(512) },
    { path: "L", type: "L", body: `${"z".repeat(300)}\0`, format: "gnu" },
    { path: "c", body: "", format: "gnu" },
    { path: "d/", type: "5" },
  ]);
  it.each([1, 7, 511, 512, 513, 1024])("chunks of %i bytes", (chunkBytes) => {
    expect(parse(tar, chunkBytes)).toEqual(parse(tar));
    expect(parse(tar).entries).toHaveLength(4);
  });
});

describe("the end", () => {
  it("reads an empty and an all-zero stream as an empty tar", () => {
    for (const length of [0, 100, 512, 1024, 5000]) expect(parse(new Uint8Array(length)).entries).toEqual([]);
  });

  it("accepts missing end blocks at a header boundary", () => {
    for (const endBlocks of [0, 1])
      expect(parse(buildTar([{ path: "f", body: "x" }], { endBlocks })).entries).toHaveLength(1);
  });

  it.each([1112, 1113, 1535])("accepts missing padding of the last member, as Go does: %i bytes", (length) => {
    const tar = buildTar([{ path: "some/file", body: "x".repeat(600) }]).subarray(0, length);
    const { entries, warnings } = parse(tar);
    expect(entries).toMatchObject([{ path: "some/file", byteCount: 600 }]);
    expect(warnings).toEqual([expect.stringMatching(/without the padding/)]);
  });

  it("reads no member after the end blocks", () => {
    const tar = Buffer.concat([buildTar([{ path: "f" }]), buildTar([{ path: "hidden" }]), Buffer.from("garbage")]);
    expect(parse(tar).entries).toMatchObject([{ path: "f" }]);
  });

  it("refuses a header after a lone zero block, as Go does", () => {
    const tar = Buffer.concat([buildTar([{ path: "f" }], { endBlocks: 1 }), buildMember({ path: "g" })]);
    expect(failure(() => parse(tar))).toMatchObject({ code: "bad-tar" });
  });

  it.each([1, 300, 513, 600, 1023, 1111])("names the member truncated at byte %i", (length) => {
    const tar = buildTar([{ path: "some/file", body: "x".repeat(600) }]).subarray(0, length);
    const place = length < 512 ? `byte ${length}` : "some/file";
    expect(failure(() => parse(tar))).toMatchObject({ code: "truncated", place });
  });
});

describe("lies", () => {
  it("refuses input that is not a tar at its first byte", () => {
    const notTar = Buffer.alloc(1024, "not a tar at all ");
    expect(failure(() => parse(notTar))).toMatchObject({ code: "bad-tar", place: "byte 0" });
  });

  it("accepts checksums of signed bytes, as old tars computed them", () => {
    const block = Buffer.from(buildHeader({ path: Uint8Array.of(0xe9, 0x61) }));
    const sum = Number.parseInt(block.toString("latin1", 148, 154), 8) - 256;
    block.write(sum.toString(8).padStart(6, "0"), 148);
    expect(parse(block).entries).toMatchObject([{ path: "\xe9a" }]);
  });

  it("refuses a header whose checksum is wrong", () => {
    const block = Buffer.from(buildHeader({ path: "f" }));
    block[0]! ^= 1;
    expect(failure(() => parse(block))).toMatchObject({ code: "bad-tar" });
  });

  it("refuses a body of 2^60 bytes and a negative one", () => {
    for (const claimedBytes of [2 ** 60, -1]) {
      const tar = buildTar([{ path: "f", claimedBytes, format: "gnu" }]);
      expect(failure(() => parse(tar))).toMatchObject({ code: "limit-exceeded", place: "f" });
    }
  });

  it.each([
    ["a length that runs past the header", "99 path=a\n"],
    ["a length of zero", "0 path=a\n"],
    ["a length that is not a number", "x path=a\n"],
    ["a length of a thousand digits", `${"9".repeat(1000)} path=a\n`],
    ["a length that stops inside the record", "5 path=abcdef\n"],
    ["no newline", "9 path=abc"],
    ["no key", "6 =ab\n"],
    ["no equals sign", "9 pathabc\n"],
    ["a NUL in a path", "10 path=\0a\n"],
    ["a size that is not a number", "10 size=x\n"],
    ["a negative size", "11 size=-1\n"],
  ])("refuses pax records with %s", (_what, body) => {
    const tar = buildTar([{ path: "pax", type: "x", body }, { path: "f" }]);
    expect(failure(() => parse(tar))).toMatchObject({ code: "bad-tar" });
  });

  it("refuses metadata over the limit before reading it", () => {
    for (const type of ["x", "g", "L", "K"]) {
      const header = buildHeader({ path: "m", type, claimedBytes: MAX_METADATA_BYTES + 1 });
      expect(failure(() => parse(header))).toMatchObject({ code: "limit-exceeded" });
    }
  });

  it("accepts metadata at the limit", () => {
    const comment = "c".repeat(MAX_METADATA_BYTES - "1048576 comment=\n".length);
    expect(paxRecords({ comment })).toHaveLength(MAX_METADATA_BYTES);
    expect(parseOne({ path: "f", pax: { comment } }).path).toBe("f");
  });
});

function padTo512(body: string): Uint8Array {
  const block = Buffer.alloc(512);
  block.write(body);
  return block;
}
