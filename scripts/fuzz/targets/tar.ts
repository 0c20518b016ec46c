import assert from "node:assert/strict";
import {
  BLOCK_BYTES,
  endBlocks,
  listPaxRecords,
  MAX_PATH_BYTES,
  MAX_PATH_DEPTH,
  normalisePath,
  padding,
  rewriteHead,
  type TarEntry,
  TarParser,
} from "#lib/formats/tar/index.ts";
import { parsePaxRecords } from "#lib/formats/tar/pax.ts";
import { SparseMap } from "#lib/formats/tar/sparse-map.ts";
import { readWhiteout, whiteoutPath } from "#lib/ingest/layers/whiteout.ts";
import { countEscapes, displayPath, EntryKind, pathBytes } from "#lib/model/layer.ts";
import { MemberHead } from "#lib/moves/relayer/member-facts.ts";
import { buildTar } from "#testing/builders/tar.ts";
import type { FuzzTarget } from "../fuzz-target.ts";
import { isRefused, orRefused } from "../hold.ts";
import { readByJumping, reseal } from "./tar-walk.ts";

const BLOCK = 512;
/** Bytes per chunk, selected by the first byte of the input. */
const CHUNKS = [1, 3, 511, 512, 513, 1000, 4096];

/** A parser's events as lines: complete entries, bodies by their length. */
function readEvents(tar: Uint8Array, chunkBytes: number): string[] {
  const events: string[] = [];
  let body = 0;
  const parser = new TarParser({
    entry: (entry) => {
      body = 0;
      events.push(toEvent(entry));
    },
    body: (piece) => {
      body += piece.length;
    },
    endEntry: () => events.push(`${body} bytes`),
    warn: (place, message) => events.push(`${place}: ${message}`),
  });
  for (let at = 0; at < tar.length; at += chunkBytes) parser.write(tar.subarray(at, at + chunkBytes));
  parser.end();
  return events;
}

function toEvent({ path, link, kind, byteCount, mode, uid, gid, mtime }: TarEntry): string {
  for (const number of [mode, uid, gid, mtime]) assert.ok(!Number.isNaN(number), "not a number");
  const [name, target] = [path, link].map((bytes) => Buffer.from(bytes).toString("latin1"));
  return JSON.stringify({ name, target, kind, byteCount, mode, uid, gid, mtime });
}

function checkTar(input: Uint8Array): void {
  const tar = Uint8Array.from(input.subarray(1));
  const choice = input[0] ?? 0;
  if (choice < 0xf0) reseal(tar);
  const whole = orRefused(() => readEvents(tar, tar.length || 1));
  const inChunks = orRefused(() => readEvents(tar, CHUNKS[choice % CHUNKS.length]!));
  if (isRefused(whole)) {
    assert.ok(isRefused(inChunks) && inChunks.code === whole.code, "chunks make a difference");
    return;
  }
  assert.deepEqual(inChunks, whole);
  const jumped: string[] = [];
  readByJumping(tar, (entry) => jumped.push(toEvent(entry)));
  assert.deepEqual(
    jumped,
    whole.filter((event) => event.startsWith("{")),
  );
}

/** Another name changes nothing else of a member, nor of its body. */
function checkRewrite(input: Uint8Array): void {
  const tar = Uint8Array.from(input);
  reseal(tar);
  const before: string[] = [];
  const written: Uint8Array[] = [];
  let body = 0;
  const head = new MemberHead();
  const finishBody = () => {
    written.push(padding(body));
    body = 0;
  };
  const parser = new TarParser({
    raw: (piece, part) => head.add(piece, part),
    entry: (entry) => {
      // What other kinds of members say about a link means nothing.
      const isLink = entry.kind === EntryKind.symlink || entry.kind === EntryKind.hardLink;
      // A directory of the oldest format is a file whose name ends in a slash.
      const path = entry.kind === EntryKind.directory ? Buffer.concat([NEW_NAME, Buffer.from("/")]) : NEW_NAME;
      before.push(toEvent({ ...entry, path, link: isLink ? entry.link : Buffer.alloc(0) }));
      const hardLink = entry.kind === EntryKind.hardLink ? entry.link.slice() : undefined;
      written.push(rewriteHead(head.take(), { path, hardLink }));
    },
    body: (piece) => {
      body += piece.length;
      written.push(piece.slice());
    },
    endEntry: finishBody,
    warn: () => undefined,
  });
  const refused = orRefused(() => {
    parser.write(tar);
    parser.end();
  });
  if (isRefused(refused)) return;
  const again = Buffer.concat([...written, endBlocks()]);
  assert.equal(again.length % BLOCK_BYTES, 0);
  assert.deepEqual(
    readEvents(again, again.length).filter((event) => event.startsWith("{")),
    before,
  );
}

const NEW_NAME = Buffer.from(`another/${"name/".repeat(30)}x`);

function checkPath(input: Uint8Array): void {
  const normal = orRefused(() => normalisePath(input));
  if (isRefused(normal)) return;
  const { path } = normal;
  const parts = Buffer.from(path).toString("latin1").split("/");
  assert.ok(path.length <= MAX_PATH_BYTES && parts.length <= MAX_PATH_DEPTH);
  if (path.length > 0) for (const part of parts) assert.ok(part !== "" && part !== "." && part !== "..", "not normal");
  assert.deepEqual(normalisePath(path).path, path);
  const meaning = readWhiteout(path);
  if (meaning.kind !== EntryKind.whiteout && meaning.kind !== EntryKind.opaqueWhiteout) return;
  assert.ok(meaning.path.length < path.length);
  if (meaning.kind === EntryKind.whiteout)
    assert.equal(whiteoutPath(meaning.kind, displayPath(meaning.path)), displayPath(path));
}

/** No two paths are displayed the same: the displayed text can be converted back to the bytes. */
function checkDisplay(input: Uint8Array): void {
  const shown = displayPath(input);
  assert.ok(shown.isWellFormed() && !shown.includes("\0"));
  assert.deepEqual(pathBytes(shown), Buffer.from(input));
  assert.equal(countEscapes(input), shown.match(/\\x[0-9a-f]{2}/g)?.length ?? 0);
}

function checkPax(input: Uint8Array): void {
  const records = orRefused(() => parsePaxRecords(input, "pax"));
  if (isRefused(records)) return;
  assert.ok(
    [...listPaxRecords(input, "pax")].every(({ key }) => key !== ""),
    "a record without a key",
  );
  const { path, link, byteCount, mtime, uid, gid } = records;
  for (const name of [path, link]) if (name !== undefined) assert.ok(name.length > 0 && !name.includes(0));
  for (const number of [byteCount, mtime, uid, gid]) assert.ok(!Number.isNaN(number), "not a number");
}

function checkSparseMap(input: Uint8Array): void {
  const map = new SparseMap();
  orRefused(() => {
    for (let at = 0; at < input.length; at += BLOCK) if (map.read(input.subarray(at, at + BLOCK), "sparse")) return;
  });
}

const MEMBERS = [
  { path: "a/b", body: "hello" },
  { path: "d/", type: "5" },
  { path: "s", type: "2", link: "../x" },
];
const SEEDS = [
  buildTar(MEMBERS),
  buildTar([{ path: "long", pax: { path: "x".repeat(120), mtime: "-1.5", size: "3" }, body: "abc" }]),
  buildTar([
    { path: "././@LongLink", type: "L", body: `${"n".repeat(150)}\0`, format: "gnu" },
    { path: "n", format: "gnu", body: "x" },
  ]),
  buildTar([
    { path: "g", type: "g", body: "18 comment=abcdef\n" },
    { path: "h", type: "1", link: "a" },
  ]),
  buildTar([
    {
      path: "GNUSparseFile.0/s",
      pax: { "GNU.sparse.major": "1", "GNU.sparse.minor": "0", "GNU.sparse.name": "s" },
      body: Buffer.concat([Buffer.from("1\n0\n5\n".padEnd(BLOCK, "\0")), Buffer.from("hello")]),
    },
  ]),
  buildTar([{ path: "old", format: "v7", type: "\0", body: "x" }], { endBlocks: 0 }),
  buildTar([{ path: "S", type: "S", format: "gnu", body: "data" }]),
];

export const TAR_TARGETS: readonly FuzzTarget[] = [
  {
    name: "tar",
    maxLength: 7 * BLOCK + 1,
    check: checkTar,
    dictionary: ["ustar\x0000", "ustar  \0", "GNU.sparse.major=1\n", "12 path=a/b\n", "11 size=12\n", "mtime="],
    seeds: SEEDS.map((tar, i) => Buffer.concat([Buffer.from([i]), tar])),
  },
  {
    name: "tar-rewrite",
    maxLength: 7 * BLOCK,
    check: checkRewrite,
    dictionary: ["ustar\x0000", "ustar  \0", "12 path=a/b\n", "11 size=12\n", "mtime="],
    seeds: SEEDS,
  },
  {
    name: "tar-path",
    maxLength: 1024,
    check: checkPath,
    dictionary: ["../", "./", "//", ".wh.", ".wh..wh..opq", ".wh..wh."],
    seeds: ["./a/../../b//c/", "a/.wh.b", "d/.wh..wh..opq", ".wh..wh.plnk/x", "a/".repeat(260)],
  },
  {
    name: "display-path",
    maxLength: 128,
    check: checkDisplay,
    dictionary: ["\\x41", "\ud7ff", "\u{10ffff}", "\\"],
    seeds: ["a\\b", Buffer.from([0x61, 0, 0xff, 0xc3, 0xa4, 0xed, 0xa0, 0x80, 0xf4, 0x90])],
  },
  {
    name: "pax",
    maxLength: 512,
    check: checkPax,
    dictionary: ["path=", "linkpath=", "size=", "mtime=", "uid=", "gid=", "GNU.sparse.name=", "GNU.sparse.major=1"],
    seeds: ["9 path=a\n20 mtime=-12.500000\n11 size=12\n12 linkpath=\n", "22 GNU.sparse.major=1\n\0\0\0"],
  },
  {
    name: "sparse-map",
    maxLength: 3 * BLOCK,
    check: checkSparseMap,
    seeds: ["1\n0\n5\n".padEnd(BLOCK, "\0"), `200\n${"1\n".repeat(400)}`],
  },
];
