import { expect, it } from "vitest";
import type { FileBody, FileNode } from "#lib/model/file-tree.ts";
import { buildListing } from "#lib/testing/listings.ts";
import { squash } from "../squash/squash.ts";
import { findVisibleBodies } from "./visible-bodies.ts";

const byPath = (a: FileNode, b: FileNode) => (a.path < b.path ? -1 : 1);

it("lists each body that is seen once, under the name it is owned by, and the names that are hard links", () => {
  const { names, rootfsSize } = squash([
    buildListing("b/", "b/z 10", "b/a = b/z", "gone 5", "kept 7", "link -> kept"),
    buildListing("- gone", "other = kept"),
    buildListing("- kept", "empty 0"),
  ]);
  const nameOf = (body: FileBody) => names.filter((node) => node.body === body).sort(byPath)[0]!;
  const ownerOf = ({ path }: FileNode) => (path === "empty" ? undefined : path.length);
  const bodies = findVisibleBodies(names, { nameOf, ownerOf });
  const rows = Array.from(bodies.path, (path, i) => [
    path,
    bodies.layer[i],
    bodies.entry[i],
    bodies.byteCount[i],
    bodies.owner[i],
  ]);
  expect(rows.sort()).toEqual([
    ["b/a", 0, 1, 10, 3],
    ["empty", 2, 1, 0, -1],
    ["other", 0, 4, 7, 5],
  ]);
  const links = Array.from(bodies.links.body, (body, i) => [
    bodies.links.layer[i],
    bodies.links.entry[i],
    bodies.path[body],
  ]);
  expect(links.sort()).toEqual([
    [0, 2, "b/a"],
    [1, 1, "other"],
  ]);
  expect(bodies.byteCount.reduce((sum, bytes) => sum + bytes, 0)).toBe(rootfsSize);
});
