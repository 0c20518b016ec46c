import { describe, expect, test } from "vitest";
import { EntryKind } from "#lib/model/layer.ts";
import { buildFileTree } from "./file-tree.ts";

const tree = buildFileTree({
  "usr/lib/x": "body",
  lib: { symlink: "usr/lib" },
  "usr/lib/up": { symlink: "../../etc" },
  etc: { directory: true },
  "etc/abs": { symlink: "/lib/x" },
  loop: { symlink: "loop" },
  "usr/lib/y": { layer: 1, hardLink: "usr/lib/x" },
});

describe("a tree for tests", () => {
  test.each([
    ["lib/x", "usr/lib/x"],
    ["lib/up/abs", "usr/lib/x"],
    ["/lib/../../etc", "etc"],
    ["", ""],
  ])("%j leads to %j", (path, target) => expect(tree.resolve(path)?.path).toBe(target));

  test.each([["loop"], ["nothing"], ["lib/x/y"]])("%j leads nowhere", (path) => {
    expect(tree.resolve(path)).toBeUndefined();
  });

  test("a look-up follows nothing", () => {
    expect(tree.lookup("lib")?.kind).toBe(EntryKind.symlink);
    expect(tree.lookup("lib/x")).toBeUndefined();
  });

  test("hard links share one body, and rows are counted by layer", () => {
    expect(tree.lookup("usr/lib/y")).toMatchObject({ layer: 1, entry: 0 });
    expect(tree.lookup("usr/lib/y")?.body).toBe(tree.lookup("usr/lib/x")?.body);
    expect(tree.document(tree.lookup("usr/lib/y")!)).toEqual(new TextEncoder().encode("body"));
  });
});
