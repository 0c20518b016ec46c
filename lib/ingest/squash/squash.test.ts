import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { EntryKind } from "#lib/model/layer.ts";
import { buildListing } from "#testing/builders/listings.ts";
import { MAX_IMPLIED } from "./apply-layer.ts";
import { type Squashed, squash } from "./squash.ts";

/** The visible names that are not directories, sorted. */
function visible(...layers: string[][]): string[] {
  const { tree } = squash(layers.map((lines) => buildListing(...lines)));
  return tree.names
    .filter((node) => node.kind !== EntryKind.directory)
    .map((node) => node.path)
    .sort();
}

describe("whiteouts (image-spec layer.md)", () => {
  const base = ["a/", "a/b/", "a/b/c/", "a/b/c/bar 3", "a/foo 2"];

  it.each([
    ["a whiteout hides a file", [base, ["- a/foo"]], ["a/b/c/bar"]],
    ["a whiteout hides a directory with all under it", [base, ["- a/b"]], ["a/foo"]],
    [
      "an opaque whiteout hides the siblings below, before its layer's own files",
      [base, ["a/", "-- a", "a/b/", "a/b/c/", "a/b/c/foo 1"]],
      ["a/b/c/foo"],
    ],
    [
      "an opaque whiteout hides the siblings below, after its layer's own files",
      [base, ["a/", "a/b/", "a/b/c/", "a/b/c/foo 1", "-- a"]],
      ["a/b/c/foo"],
    ],
    [
      "explicit whiteouts do the same, before",
      [base, ["- a/b", "a/", "a/b/", "a/b/c/", "a/b/c/foo 1"]],
      ["a/b/c/foo", "a/foo"],
    ],
    [
      "explicit whiteouts do the same, after",
      [base, ["a/", "a/b/", "a/b/c/", "a/b/c/foo 1", "- a/b"]],
      ["a/b/c/foo", "a/foo"],
    ],
    ["a whiteout hides nothing of its own layer", [["x 1", "- x"]], ["x"]],
    ["a whiteout of a missing name hides nothing", [base, ["- a/none", "-- none/at/all"]], ["a/b/c/bar", "a/foo"]],
    ["a later layer may restore a hidden name", [base, ["- a/foo"], ["a/foo 9"]], ["a/b/c/bar", "a/foo"]],
    ["the root may be opaque", [base, ["-- ", "z 1"]], ["z"]],
  ])("%s", (_name, layers, expected) => expect(visible(...layers)).toEqual(expected));
});

describe("entries over entries", () => {
  it.each([
    ["a file over a directory removes all under it", [["d/", "d/x 1", "d/y 1"], ["d 5"]], ["d"]],
    ["a directory over a file", [["d 5"], ["d/", "d/x 1"]], ["d/x"]],
    [
      "a directory over a directory merges",
      [
        ["d/", "d/x 1"],
        ["d/", "d/y 1"],
      ],
      ["d/x", "d/y"],
    ],
    ["a missing parent is implied", [["deep/er/file 1"]], ["deep/er/file"]],
    [
      "a parent that is a symlink is replaced, never followed",
      [["usr/", "usr/lib/", "lib -> usr/lib"], ["lib/x 1"]],
      ["lib/x"],
    ],
    ["the last of a repeated path wins", [["x 1", "x 2"]], ["x"]],
  ])("%s", (_name, layers, expected) => expect(visible(...layers)).toEqual(expected));
});

describe("limits", () => {
  it("refuses a layer whose few entries imply more directories than the limit", () => {
    const depth = 250;
    const count = Math.ceil(MAX_IMPLIED / depth) + 1;
    const lines = Array.from({ length: count }, (_, i) => `${`${i}/`.repeat(depth)}file 1`);
    expect(() => squash([buildListing(...lines)])).toThrow(/directories.* without entries/);
  });
});

const listWasted = ({ wasted }: Squashed) => Array.from({ length: wasted.count }, (_, i) => wasted.at(i));

describe("sizes", () => {
  it("counts a hard-linked body once, whatever its number of names", () => {
    const squashed = squash([buildListing("a 100", "b = a", "c = b")]);
    expect(squashed.rootfsSize).toBe(100);
    expect(squashed.directories).toMatchObject({ count: 1, byteCount: [100], fileCount: [3] });
  });

  it("keeps a body that still has a name, and records the layer that removed the last one", () => {
    const kept = squash([buildListing("a 100", "b = a"), buildListing("- a")]);
    expect([kept.rootfsSize, listWasted(kept)]).toEqual([100, []]);
    const gone = squash([buildListing("a 100", "b = a"), buildListing("- a"), buildListing("b 1")]);
    expect(listWasted(gone)).toEqual([{ path: "a", byteCount: 100, layer: 0, hiddenBy: 2 }]);
    expect(gone.rootfsSize).toBe(1);
  });

  it("reports a hard link whose target is missing", () => {
    const { problems, rootfsSize } = squash([buildListing("b = none")]);
    expect(problems).toMatchObject([{ code: "missing-target", path: "b" }]);
    expect(rootfsSize).toBe(0);
  });

  it("counts the first of a repeated path as wasted by its own layer", () => {
    const squashed = squash([buildListing("x 10", "x 20")]);
    expect(squashed).toMatchObject({ layersContentSize: 30, rootfsSize: 20 });
    expect(listWasted(squashed)).toEqual([{ path: "x", byteCount: 10, layer: 0, hiddenBy: 0 }]);
  });

  it("lists the largest waste first, and equal ones in layer order", () => {
    const squashed = squash([
      buildListing("b 1", "a 1", "c 2"),
      buildListing("b 1"),
      buildListing("- a", "- b", "- c"),
    ]);
    expect(listWasted(squashed).map(({ path, layer }) => `${path} ${layer}`)).toEqual(["c 0", "b 0", "a 0", "b 1"]);
  });

  it("a layer that rewrites the target of its own earlier hard link leaves the old body to the link", () => {
    expect(squash([buildListing("x 10", "y = x", "x 20")]).rootfsSize).toBe(30);
  });
});

const names = fc.constantFrom("a", "b", "c");
const paths = fc.array(names, { minLength: 1, maxLength: 3 }).map((parts) => parts.join("/"));
const entries = fc.oneof(
  paths.map((path) => `${path}/`),
  fc.tuple(paths, fc.nat(50)).map(([path, bytes]) => `${path} ${bytes}`),
  fc.tuple(paths, paths).map(([path, target]) => `${path} -> ${target}`),
  fc.tuple(paths, paths).map(([path, target]) => `${path} = ${target}`),
  paths.map((path) => `- ${path}`),
  paths.map((path) => `-- ${path}`),
);
const layers = fc.array(fc.array(entries, { maxLength: 12 }), { minLength: 1, maxLength: 5 });

describe("invariants of any layers", () => {
  it("every byte is visible or wasted, and the root directory sums to the rootfs", () => {
    fc.assert(
      fc.property(layers, (made) => {
        const squashed = squash(made.map((lines) => buildListing(...lines)));
        const wasted = listWasted(squashed).reduce((total, body) => total + body.byteCount, 0);
        expect(squashed.rootfsSize + wasted).toBe(squashed.layersContentSize);
        expect([squashed.directories.path(0), squashed.directories.byteCount[0]]).toEqual(["", squashed.rootfsSize]);
      }),
    );
  });

  it("agrees with a squash that keeps a flat map of paths", () => {
    fc.assert(
      fc.property(layers, (made) => {
        const lines = made.map((layer) => layer.filter((line) => !line.includes(" = ")));
        expect(visible(...lines)).toEqual(naiveVisible(lines));
      }),
    );
  });
});

/** Paths in a flat map, following the rules of `layer.md` literally. Without hard links. */
function naiveVisible(layers: readonly string[][]): string[] {
  const tree = new Map<string, boolean>();
  const removeUnder = (path: string) => {
    for (const known of [...tree.keys()]) if (known.startsWith(`${path}/`)) tree.delete(known);
  };
  const place = (path: string, directory: boolean) => {
    const parts = path.split("/");
    for (let depth = 1; depth < parts.length; depth++) {
      const parent = parts.slice(0, depth).join("/");
      if (tree.get(parent) !== true) removeUnder(parent);
      tree.set(parent, true);
    }
    if (!directory || tree.get(path) === false) removeUnder(path);
    tree.set(path, directory);
  };
  for (const lines of layers) {
    for (const line of lines) {
      const [mark, path = ""] = line.split(" ");
      if (mark === "--" && tree.get(path) === true) removeUnder(path);
      if (mark !== "-") continue;
      tree.delete(path);
      removeUnder(path);
    }
    for (const line of lines) {
      const [path = ""] = line.split(" ");
      if (path !== "-" && path !== "--") place(path.replace(/\/$/, ""), path.endsWith("/"));
    }
  }
  return [...tree]
    .filter(([, directory]) => !directory)
    .map(([path]) => path)
    .sort();
}
