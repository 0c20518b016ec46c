import { describe, expect, test } from "vitest";
import type { TreeEntry } from "#testing/builders/file-tree.ts";
import { debRecord, viewPackages } from "#testing/builders/packages.ts";

function manifest(name: string, fields: object = {}): string {
  return JSON.stringify({ name, version: "1.0.0", ...fields });
}

describe("npm instances", () => {
  test("are directories in a node_modules or a scope in it, identified by path", () => {
    const { found } = viewPackages({
      "app/node_modules/a/package.json": manifest("a"),
      "app/node_modules/a/node_modules/b/package.json": manifest("b"),
      "app/node_modules/@s/b/package.json": manifest("@s/b"),
      "app/node_modules/b/package.json": manifest("b"),
      "app/node_modules/.bin/x/package.json": JSON.stringify({ type: "module" }),
      "app/src/package.json": manifest("not-installed"),
    });
    expect(found.components.map(({ identity, instancePath }) => `${identity}#${instancePath}`)).toEqual([
      "pkg:npm/%40s/b@1.0.0#app/node_modules/@s/b",
      "pkg:npm/a@1.0.0#app/node_modules/a",
      "pkg:npm/b@1.0.0#app/node_modules/a/node_modules/b",
      "pkg:npm/b@1.0.0#app/node_modules/b",
      expect.stringContaining("unowned"),
    ]);
  });

  test("own the files under them, except in a nested instance", () => {
    const image = viewPackages({
      "m/node_modules/a/package.json": manifest("a"),
      "m/node_modules/a/lib/deep/x.js": "12345",
      "m/node_modules/a/node_modules/.package-lock.json": "{}",
      "m/node_modules/a/node_modules/b/package.json": manifest("b"),
      "m/node_modules/a/node_modules/b/y.js": "1",
      "m/node_modules/.package-lock.json": "{}",
    });
    expect(
      ["a/lib/deep/x.js", "a/node_modules/.package-lock.json", "a/node_modules/b/y.js", ".package-lock.json"].map(
        (path) => image.ownerOf(`m/node_modules/${path}`),
      ),
    ).toEqual(["m/node_modules/a", "m/node_modules/a", "m/node_modules/a/node_modules/b", "unowned@0"]);
  });

  test("shipped by a distribution package belong to that package, and others may need it", () => {
    const image = viewPackages({
      "var/lib/dpkg/status": debRecord("node-semver"),
      "var/lib/dpkg/info/node-semver.list": "/usr/lib/node_modules/semver/package.json\n",
      "usr/lib/node_modules/semver/package.json": manifest("semver"),
      "usr/lib/node_modules/semver/extra.js": "1",
      "usr/lib/node_modules/mine/package.json": manifest("mine", { dependencies: { semver: "^7" } }),
    });
    expect(image.names).toEqual(["node-semver@1", "usr/lib/node_modules/mine", "dpkg database", "unowned@0"]);
    expect(image.ownerOf("usr/lib/node_modules/semver/extra.js")).toBe("unowned@0");
    expect(image.edges).toEqual(["usr/lib/node_modules/mine → node-semver@1 [dependencies: semver@^7]"]);
  });

  test("with a damaged package.json are one problem each", () => {
    const image = viewPackages({ "node_modules/a/package.json": "{", "node_modules/b/package.json": manifest("b") });
    expect(image.names).toEqual(["node_modules/b", "unowned@0"]);
    expect(image.found.problems).toMatchObject([{ code: "bad-json", path: "node_modules/a/package.json" }]);
  });
});

describe("the needs of an instance", () => {
  function edgesOf(entries: Record<string, TreeEntry>): readonly string[] {
    return viewPackages(entries).edges;
  }

  test("are in the nearest node_modules upwards, whatever the version", () => {
    expect(
      edgesOf({
        "m/node_modules/a/package.json": manifest("a", { dependencies: { b: "^9", c: "*" } }),
        "m/node_modules/a/node_modules/b/package.json": manifest("b"),
        "m/node_modules/b/package.json": manifest("b"),
        "node_modules/c/package.json": manifest("c"),
        // Without a package.json it is not a package, and Node looks further up.
        "m/node_modules/c/index.js": "",
      }),
    ).toEqual([
      "m/node_modules/a → m/node_modules/a/node_modules/b [dependencies: b@^9]",
      "m/node_modules/a → node_modules/c [dependencies: c@*]",
    ]);
  });

  test("are found by the directory's name, so that aliases work", () => {
    expect(
      edgesOf({
        "node_modules/a/package.json": manifest("a", { dependencies: { alias: "npm:real@1" } }),
        "node_modules/alias/package.json": manifest("real"),
      }),
    ).toEqual(["node_modules/a → node_modules/alias [dependencies: alias@npm:real@1]"]);
  });

  test("are found from the instance's real path: pnpm's layout", () => {
    const image = viewPackages({
      "app/package.json": manifest("app", { dependencies: { a: "1" } }),
      "app/node_modules/a": { symlink: ".pnpm/a@1/node_modules/a" },
      "app/node_modules/.pnpm/a@1/node_modules/a/package.json": manifest("a", { dependencies: { "@s/b": "1" } }),
      "app/node_modules/.pnpm/a@1/node_modules/@s/b": { symlink: "../../../@s+b@1/node_modules/@s/b" },
      "app/node_modules/.pnpm/@s+b@1/node_modules/@s/b/package.json": manifest("@s/b"),
    });
    const [b, a] = [".pnpm/@s+b@1/node_modules/@s/b", ".pnpm/a@1/node_modules/a"].map(
      (path) => `app/node_modules/${path}`,
    );
    expect(image.names).toEqual([b, a, "app"]);
    expect(image.edges).toEqual([`${a} → ${b} [dependencies: @s/b@1]`, `app → ${a} [dependencies: a@1]`]);
    expect(image.roots).toEqual(["app"]);
    expect(image.messages).toEqual([]);
  });

  test("may be a directory that is not a component, which is not reported missing", () => {
    const image = viewPackages({
      "node_modules/a/package.json": manifest("a", { dependencies: { w: "*" } }),
      "node_modules/w": { symlink: "../packages/w" },
      "packages/w/package.json": "[]",
    });
    expect(image.edges).toEqual([]);
    expect(image.messages).toEqual(["packages/w/package.json: is not a JSON object"]);
  });

  test("are reported missing only for ordinary dependencies", () => {
    const { messages } = viewPackages({
      "node_modules/a/package.json": manifest("a", {
        dependencies: { gone: "^1", both: "1" },
        optionalDependencies: { fsevents: "2", both: "1" },
        peerDependencies: { react: "19" },
      }),
    });
    expect(messages).toEqual([
      "node_modules/a/package.json: a 1.0.0: nothing installed satisfies dependencies: gone@^1",
    ]);
  });

  test("may be circular", () => {
    expect(
      edgesOf({
        "node_modules/a/package.json": manifest("a", { dependencies: { b: "1" } }),
        "node_modules/b/package.json": manifest("b", { dependencies: { a: "1" } }),
      }),
    ).toHaveLength(2);
  });
});
