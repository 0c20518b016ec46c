import { describe, expect, it } from "vitest";
import { EntryKind } from "#lib/model/layer.ts";
import type { LayerFile } from "#lib/model/layer-files.ts";
import { computeLayerTree, type TreeOptions } from "./layer-tree.ts";

function file(path: string, bytes: number, more: Partial<LayerFile> = {}): LayerFile {
  const rest = { ordinal: 0, target: "", deed: "added", from: -1, isSameContent: false, hiddenBytes: 0 } as const;
  return { path, kind: EntryKind.file, bytes, hiddenBy: -1, ...rest, ...more };
}

function drawn(files: readonly LayerFile[], options: Partial<TreeOptions> = {}): string[] {
  const rows = computeLayerTree(files, { open: undefined, autoRows: 40, limit: 25, ...options });
  return rows.map(({ depth, name, isDirectory, bytes, restCount }) => {
    const what = restCount > 0 ? `+${restCount}` : `${name}${isDirectory ? "/" : ""}`;
    return `${"  ".repeat(depth)}${what} ${bytes}`;
  });
}

describe("the tree of a layer", () => {
  it("has directories with everything under them, the largest first, and joins those with one child", () => {
    expect(drawn([file("a/b/x", 1), file("a/b/y", 5), file("z", 3)])).toEqual(["a/b/ 6", "  y 5", "  x 1", "z 3"]);
  });

  it("opens the largest directories that fit", () => {
    const many = Array.from({ length: 5 }, (_, i) => file(`many/${i}`, 10 + i));
    expect(drawn([...many, file("few/x", 1), file("few/y", 1)], { autoRows: 4 })).toEqual([
      "many/ 60",
      "few/ 2",
      "  x 1",
      "  y 1",
    ]);
  });

  it("opens what was chosen, and nothing else", () => {
    const files = [file("a/x", 1), file("a/y", 1), file("b/x", 1), file("b/y", 1)];
    expect(drawn(files, { open: ["b"] })).toEqual(["a/ 2", "b/ 2", "  x 1", "  y 1"]);
    expect(drawn(files, { open: [] })).toEqual(["a/ 2", "b/ 2"]);
  });

  it("says how many names of a directory are not listed", () => {
    expect(drawn([file("a", 3), file("b", 2), file("c", 1)], { limit: 1 })).toEqual(["a 3", "+2 3"]);
  });

  it("names the one layer that hides all of a directory", () => {
    const rows = (...hiding: number[]) =>
      computeLayerTree(
        hiding.map((hiddenBy, i) => file(`d/${i}`, 1, { hiddenBy })),
        { open: [], autoRows: 0, limit: 9 },
      );
    expect(rows(3, 3)[0]?.hiddenBy).toBe(3);
    expect(rows(3, 4)[0]?.hiddenBy).toBe(-1);
    expect(rows(3, -1)[0]?.hiddenBy).toBe(-1);
  });

  it("survives a path as deep as a tar may have", () => {
    const deep = `${"d/".repeat(250)}x`;
    expect(computeLayerTree([file(deep, 1)], { open: undefined, autoRows: 9, limit: 9 })).toHaveLength(2);
  });
});
