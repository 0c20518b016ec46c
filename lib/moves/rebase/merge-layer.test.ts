import { expect, it } from "vitest";
import { TarParser } from "#lib/formats/tar/index.ts";
import { EntryKind } from "#lib/model/layer.ts";
import { buildRebaseSides } from "#testing/builders/rebase-sides.ts";
import { buildMergeLayer, mergeStep } from "./merge-layer.ts";
import type { MergedFile, MovedTree } from "./sides.ts";

const CAPABILITY = "SCHILY.xattr.security.capability";

function toFile(path: string, body = "merged\n"): MergedFile {
  return { kind: "file", path, mode: 0o640, uid: 0, gid: 42, mtime: 7, xattrs: new Map(), body: Buffer.from(body) };
}

async function buildAfter(): Promise<MovedTree> {
  const base = [
    { path: "etc/", type: "5", mode: 0o755, mtime: 3 },
    { path: "etc/private/", type: "5", mode: 0o700, uid: 33, gid: 34, mtime: 4, pax: { [CAPABILITY]: "\x01" } },
    { path: "usr/lib/", type: "5", mode: 0o751 },
    { path: "lib", type: "2", link: "usr/lib" },
  ];
  const layers = [base];
  return (await buildRebaseSides({ oldBase: { layers }, newBase: { layers }, image: { layers: [] } })).after;
}

function list(tar: Uint8Array) {
  const members: object[] = [];
  const parser = new TarParser({
    entry: ({ path, kind, mode, uid, gid, mtime, byteCount, xattrs = new Map() }) =>
      members.push({ path: Buffer.from(path).toString(), kind, mode, uid, gid, mtime, byteCount, xattrs: [...xattrs] }),
    body: () => undefined,
    endEntry: () => undefined,
    warn: (place, message) => expect.fail(`${place}: ${message}`),
  });
  parser.write(tar);
  parser.end();
  return members;
}

it("has the directories above its files, with the attributes of the tree", async () => {
  const tar = buildMergeLayer([toFile("etc/private/shadow")], await buildAfter());
  expect(list(tar)).toEqual([
    { path: "etc/", kind: EntryKind.directory, mode: 0o755, uid: 0, gid: 0, mtime: 3, byteCount: 0, xattrs: [] },
    expect.objectContaining({ path: "etc/private/", mode: 0o700, uid: 33, gid: 34, mtime: 4 }),
    expect.objectContaining({ path: "etc/private/shadow", mode: 0o640, gid: 42, mtime: 7, byteCount: 7 }),
  ]);
  expect(list(tar)[1]).toMatchObject({ xattrs: [["security.capability", "\x01"]] });
});

it("follows links of the tree, instead of hiding them", async () => {
  const tar = buildMergeLayer([toFile("lib/apk/db/installed")], await buildAfter());
  expect(list(tar)).toEqual([
    expect.objectContaining({ path: "usr/lib/", mode: 0o751 }),
    expect.objectContaining({ path: "usr/lib/apk/db/installed" }),
  ]);
});

it("gives a directory the attributes that were merged, also if it is above another file", async () => {
  const merged: MergedFile = {
    kind: "directory",
    path: "etc/private",
    mode: 0o750,
    uid: 1,
    gid: 2,
    mtime: 9,
    xattrs: new Map(),
  };
  for (const files of [
    [merged, toFile("etc/private/shadow")],
    [toFile("etc/private/shadow"), merged],
  ]) {
    expect(list(buildMergeLayer(files, await buildAfter()))).toEqual([
      expect.objectContaining({ path: "etc/", mode: 0o755 }),
      {
        path: "etc/private/",
        kind: EntryKind.directory,
        mode: 0o750,
        uid: 1,
        gid: 2,
        mtime: 9,
        byteCount: 0,
        xattrs: [],
      },
      expect.objectContaining({ path: "etc/private/shadow" }),
    ]);
  }
});

it("names directories by their bytes, which need not be text", async () => {
  const attributes = { mode: 0o750, uid: 1, gid: 2, mtime: 9, xattrs: new Map<string, string>() };
  const merged: MergedFile = { kind: "directory", path: "back\\x5cslash/n\\xff", ...attributes };
  const tar = Buffer.from(buildMergeLayer([merged], await buildAfter()));
  expect(tar.toString("latin1", 0, 100)).toBe("back\\slash/n\xff/".padEnd(100, "\0"));
});

it("hides with whiteouts, and is the same in any order", async () => {
  const [after, files] = [await buildAfter(), [toFile("etc/b"), { kind: "whiteout", path: "etc/passwd-" } as const]];
  const tar = buildMergeLayer(files, after);
  expect(list(tar).map((member) => "path" in member && member.path)).toEqual(["etc/", "etc/.wh.passwd-", "etc/b"]);
  expect(buildMergeLayer(files.toReversed(), after)).toEqual(tar);
});

it("is nothing without files, and says what it is otherwise", async () => {
  expect(buildMergeLayer([], await buildAfter())).toHaveLength(0);
  const files = ["f", "e", "d", "c", "b", "a"].map((path) => toFile(path));
  expect(mergeStep(files)).toBe("stratigraph rebase: merge a, b, c, d and 2 more");
  expect(mergeStep(files.slice(0, 1))).toBe("stratigraph rebase: merge f");
});
