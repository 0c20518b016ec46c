import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { componentId } from "#lib/model/component.ts";
import type { FileNode } from "#lib/model/file-tree.ts";
import { EntryKind } from "#lib/model/layer.ts";
import { buildFileTree, type TreeEntry } from "#testing/builders/file-tree.ts";
import { debRecord, diffIdOf, viewPackages } from "#testing/builders/packages.ts";
import { detectComponents } from "./detect-components.ts";
import { Discovery } from "./discovery.ts";
import { settleOwnership } from "./ownership.ts";

const STATUS = { "var/lib/dpkg/status": { layer: 3, body: debRecord("p") + debRecord("q") } };

function listed(lists: Record<string, string>): Record<string, TreeEntry> {
  const names = Object.entries(lists).map(([name, list]) => [
    `var/lib/dpkg/info/${name}.list`,
    { layer: 3, body: list },
  ]);
  return { ...STATUS, ...Object.fromEntries(names) };
}

describe("the owner of a hard link's bytes", () => {
  test("is that of the first owned name in path order, whichever layers the names are in", () => {
    const image = viewPackages({
      ...listed({ p: "/m\n", q: "/b\n" }),
      z: { layer: 0, body: "12345" },
      m: { layer: 1, hardLink: "z" },
      b: { layer: 2, hardLink: "z" },
      a: { layer: 2, hardLink: "z" },
    });
    expect([image.selfSizeOf("p@1"), image.selfSizeOf("q@1")]).toEqual([0, 5]);
    // The listed names keep their owners; the others get the owner of the bytes.
    expect(["z", "m", "b", "a"].map(image.ownerOf)).toEqual(["q@1", "p@1", "q@1", "q@1"]);
    // The body belongs to q by the name that q lists, not by an earlier unowned one.
    expect(image.ownedAs("z")).toBe("b");
  });

  test("is the body's layer if no name is owned", () => {
    const image = viewPackages({ z: { layer: 0, body: "12345" }, a: { layer: 1, hardLink: "z" } });
    expect(image.names).toEqual(["unowned@0"]);
    expect(image.ownerOf("a")).toBe("unowned@0");
  });
});

describe("unowned nodes", () => {
  test("exist only for layers with unowned bytes, and take names without a body in their layer", () => {
    const image = viewPackages({
      x: { layer: 0, body: "1" },
      link: { layer: 0, symlink: "x" },
      empty: { layer: 1, body: "" },
      link1: { layer: 1, symlink: "x" },
      y: { layer: 2, body: "22" },
    });
    expect(image.names).toEqual(["unowned@0", "unowned@2"]);
    expect(image.roots).toEqual(["unowned@0", "unowned@2"]);
    expect(["link", "empty", "link1"].map(image.ownerOf)).toEqual(["unowned@0", "nobody", "nobody"]);
    expect(image.found.components[1]).toMatchObject({
      kind: "unowned",
      identity: `unowned:${diffIdOf(2)}`,
      version: "222222222222",
    });
  });

  test("one DiffID at two positions of an image is one node", () => {
    const tree = buildFileTree({ a: { layer: 0, body: "1" }, b: { layer: 1, body: "22" } });
    const found = detectComponents(tree, { source: "", command: [], diffIds: [diffIdOf(7), diffIdOf(7)] });
    expect([found.components.length, ...found.selfSize]).toEqual([1, 3]);
  });
});

/** Trees of files, links and hard links in four layers, with packages of three kinds that list some of them. */
function arbitraryImage(): fc.Arbitrary<Record<string, TreeEntry>> {
  const name = fc.constantFrom("a", "b", "c", "node_modules", "@s", "lib");
  const path = fc.array(name, { minLength: 1, maxLength: 5 }).map((names) => names.join("/"));
  const layer = fc.nat(3);
  const file = fc.record({ layer, byteCount: fc.nat(1000) });
  const link = fc.record({
    layer,
    symlink: fc.oneof(
      path,
      path.map((to) => `/${to}`),
      fc.constant(".."),
    ),
  });
  const lists = fc.array(fc.tuple(fc.constantFrom("p", "q", "r", "s"), path), { maxLength: 12 });
  return fc.tuple(fc.array(fc.tuple(path, fc.oneof(file, link, path)), { maxLength: 25 }), lists, path).map(toImage);
}

type Place = [string, TreeEntry | string];

function toImage([places, lists, project]: [Place[], [string, string][], string]): Record<string, TreeEntry> {
  const image: Record<string, TreeEntry> = {};
  const isTaken = (path: string) =>
    Object.keys(image).some((other) => `${other}/`.startsWith(`${path}/`) || `${path}/`.startsWith(`${other}/`));
  const add = (path: string, entry: TreeEntry) => {
    if (!isTaken(path)) image[path] = entry;
  };
  for (const [path, entry] of places) {
    if (typeof entry !== "string") add(path, entry);
    else if (image[entry] !== undefined) add(path, { layer: 1, hardLink: entry });
  }
  const listOf = (name: string) => lists.filter(([of]) => of === name).map(([, path]) => path);
  add("var/lib/dpkg/status", debRecord("p", { Depends: "q | r" }) + debRecord("q", { Depends: "p" }));
  for (const name of ["p", "q"])
    add(
      `var/lib/dpkg/info/${name}.list`,
      listOf(name)
        .map((path) => `/${path}\n`)
        .join(""),
    );
  const files = (name: string) =>
    listOf(name).map((path) => `F:${path.split("/").slice(0, -1).join("/")}\nR:${path.split("/").at(-1)}\n`);
  add("usr/lib/apk/db/installed", `P:r\nV:1\nD:s\n${files("r").join("")}\nP:s\nV:1\n${files("s").join("")}`);
  add(`${project}/node_modules/a/package.json`, JSON.stringify({ name: "a", dependencies: { b: "1", "@s/c": "1" } }));
  add(
    `${project}/node_modules/a/node_modules/b/package.json`,
    JSON.stringify({ name: "b", peerDependencies: { a: "1" } }),
  );
  return image;
}

function namesUnder(root: FileNode): FileNode[] {
  return [root, ...[...root.children.values()].flatMap(namesUnder)];
}

test("conservation: every byte of every tree belongs to exactly one component", () => {
  fc.assert(
    fc.property(arbitraryImage(), (image) => {
      const tree = buildFileTree(image);
      const diffIds = [0, 1, 2, 3].map(diffIdOf);
      const { components, selfSize, owner, edges, roots } = detectComponents(tree, {
        source: "",
        command: ["a"],
        diffIds,
      });
      const names = namesUnder(tree.root);
      const bodies = new Set(names.flatMap(({ body }) => body ?? []));
      const expected = [...bodies].reduce((sum, { byteCount }) => sum + byteCount, 0);
      expect(selfSize.reduce((sum, bytes) => sum + bytes, 0)).toBe(expected);
      expect(new Set(components.map(componentId)).size).toBe(components.length);
      expect(selfSize).toHaveLength(components.length);
      expect(roots).toEqual([...new Set(roots)].sort((a, b) => a - b));
      for (const { from, to } of edges)
        expect(components[from] !== undefined && components[to] !== undefined).toBe(true);
      for (const node of names) {
        if (node.kind === EntryKind.directory) expect(owner.get(node)).toBeUndefined();
        else if ((node.body?.byteCount ?? 0) > 0) expect(components[owner.get(node)!]).toBeDefined();
      }
    }),
    { numRuns: 300 },
  );
});

/** The rule, naively, one body at a time: sort its names, take the first owned one, else the body's layer. */
function expectedSizes(names: readonly FileNode[], claims: ReadonlyMap<string, number>): Map<string, number> {
  const sizes = new Map<string, number>();
  for (const body of new Set(names.flatMap((node) => node.body ?? []))) {
    const paths = names.filter((node) => node.body === body).map(({ path }) => path);
    const first = paths.sort((a, b) => (a < b ? -1 : 1)).find((path) => claims.has(path));
    const owner = first === undefined ? `unowned:${diffIdOf(body.layer)}` : `package ${claims.get(first)}`;
    sizes.set(owner, (sizes.get(owner) ?? 0) + body.byteCount);
  }
  return new Map([...sizes].filter(([, bytes]) => bytes > 0));
}

test("a body's bytes belong to its first owned name, as in a naive reading of the rule", () => {
  const claims = fc.array(fc.tuple(fc.nat(), fc.nat(2)), { maxLength: 10 });
  fc.assert(
    fc.property(arbitraryImage(), claims, (image, picks) => {
      const discovery = new Discovery(buildFileTree(image), {
        source: "",
        command: [],
        diffIds: [0, 1, 2, 3].map(diffIdOf),
      });
      for (let i = 0; i < 3; i++) {
        discovery.addComponent({ kind: "deb", name: `${i}`, version: "", identity: `package ${i}`, instancePath: "" });
      }
      const files = discovery.nodes.filter((node) => node.kind !== EntryKind.directory);
      const claimed = new Map<string, number>();
      for (const [pick, owner] of files.length === 0 ? [] : picks) {
        const node = files[pick % files.length]!;
        discovery.owners.claim(node, owner);
        if (!claimed.has(node.path)) claimed.set(node.path, owner);
      }
      const { selfSize } = settleOwnership(discovery);
      const actual = discovery.components.map(({ identity }, i) => [identity, selfSize[i]!] as const);
      expect(new Map(actual.filter(([, bytes]) => bytes > 0))).toEqual(expectedSizes(files, claimed));
    }),
  );
});
