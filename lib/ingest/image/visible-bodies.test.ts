import { expect, it } from "vitest";
import type { FileBody, FileNode } from "#lib/model/file-tree.ts";
import { placeOf } from "#lib/model/place.ts";
import { buildListing } from "#testing/builders/listings.ts";
import { squash } from "../squash/squash.ts";
import { findVisibleBodies } from "./visible-bodies.ts";

const byPath = (a: FileNode, b: FileNode) => (a.path < b.path ? -1 : 1);

it("lists each visible body once, under its owning name, and the names that are hard links", () => {
  const { tree, rootfsSize } = squash([
    buildListing("b/", "b/z 10", "b/a = b/z", "gone 5", "kept 7", "link -> kept"),
    buildListing("- gone", "other = kept"),
    buildListing("- kept", "empty 0"),
  ]);
  const isOf = ({ layer, entry }: FileBody, { body }: FileNode) => body?.layer === layer && body.entry === entry;
  const nameOf = (body: FileBody) => tree.names.filter((node) => isOf(body, node)).sort(byPath)[0]!;
  const ownerOf = ({ path }: FileNode) => (path === "empty" ? undefined : path.length);
  const packageOf = (owner: number) => (owner === 5 ? undefined : `package ${owner}`);
  const bodies = findVisibleBodies(tree.names, { layerCount: 3, nameOf, ownerOf, packageOf });
  const rows = Array.from(bodies.layer, (layer, i) => [
    layer,
    bodies.entry[i],
    bodies.byteCount[i],
    bodies.owner[i],
    bodies.place[i],
  ]);
  expect(rows.sort()).toEqual([
    [0, 1, 10, 3, placeOf("package 3", "b/a")],
    [0, 4, 7, 5, -1],
    [2, 1, 0, -1, placeOf("package -1", "empty")],
  ]);
  const links = Array.from(bodies.links.body, (body, i) => [
    bodies.links.layer[i],
    bodies.links.entry[i],
    bodies.byteCount[body],
  ]);
  expect(links.sort()).toEqual([
    [0, 2, 10],
    [1, 1, 7],
  ]);
  expect(bodies.byteCount.reduce((sum, bytes) => sum + bytes, 0)).toBe(rootfsSize);
});
