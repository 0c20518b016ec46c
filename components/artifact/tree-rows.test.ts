import { expect, it } from "vitest";
import { EntryKind } from "#lib/model/layer.ts";
import type { DirectoryChild } from "#lib/views/artifact.ts";
import { flattenTree } from "./tree-rows.ts";

const child = (path: string, kind: EntryKind, byteCount: number): DirectoryChild => ({
  path,
  name: path.slice(path.lastIndexOf("/") + 1),
  kind,
  byteCount,
  fileCount: 0,
  mode: 0o644,
  target: "",
  layer: 0,
  ordinal: 0,
  owner: 0,
});
const usr = child("usr", EntryKind.directory, 30);
const lib = child("usr/lib", EntryKind.directory, 20);
const motd = child("motd", EntryKind.file, 1);

it("shows an opened directory's children under it, but not a closed one's", () => {
  const root = { path: "", children: [usr, motd], childCount: 2, byteCount: 31 };
  const inside = { path: "usr", children: [lib], childCount: 1, byteCount: 20 };
  expect(flattenTree([root]).map(({ path }) => path)).toEqual(["usr", "motd"]);
  expect(flattenTree([root, inside]).map(({ path, depth }) => [path, depth])).toEqual([
    ["usr", 0],
    ["usr/lib", 1],
    ["motd", 0],
  ]);
});

it("ends a cut directory with the size of the rest, and marks an empty one as empty", () => {
  const cut = { path: "", children: [usr], childCount: 12, byteCount: 100 };
  expect(flattenTree([cut]).at(-1)).toMatchObject({ child: undefined, restCount: 11, restBytes: 70 });
  const empty = { path: "", children: [], childCount: 0, byteCount: 0 };
  expect(flattenTree([empty])).toMatchObject([{ child: undefined, restCount: 0 }]);
});

it("ignores an opened directory whose parents are closed", () => {
  const root = { path: "", children: [usr], childCount: 1, byteCount: 30 };
  const deep = { path: "usr/lib", children: [], childCount: 0, byteCount: 0 };
  expect(flattenTree([root, deep]).map(({ path }) => path)).toEqual(["usr"]);
});
