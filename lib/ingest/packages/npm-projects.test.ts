import { describe, expect, it } from "vitest";
import type { TreeEntry } from "#testing/builders/file-tree.ts";
import { debRecord, viewPackages } from "#testing/builders/packages.ts";
import { MAX_WORKSPACE_STEPS } from "./npm-projects.ts";

function manifest(name: string, fields: object = {}): string {
  return JSON.stringify({ name, version: "1.0.0", ...fields });
}

const APP: Record<string, TreeEntry> = {
  "app/package.json": manifest("shop", { dependencies: { a: "^1" }, devDependencies: { lint: "1" } }),
  "app/package-lock.json": "{}",
  "app/src/server.js": "12345",
  "app/node_modules/.package-lock.json": "{}",
  "app/node_modules/a/package.json": manifest("a"),
  "app/node_modules/lint/package.json": manifest("lint"),
};

describe("an npm project", () => {
  it("is a component of its own files, with edges to what it asks for", () => {
    const image = viewPackages(APP);
    expect(image.names).toEqual(["app/node_modules/a", "app/node_modules/lint", "app"]);
    expect(image.found.components[2]).toMatchObject({ kind: "npm", identity: "pkg:npm/shop@1.0.0" });
    for (const path of ["package.json", "src/server.js", "node_modules/.package-lock.json"])
      expect(image.ownerOf(`app/${path}`)).toBe("app");
    expect(image.edges).toEqual([
      "app → app/node_modules/a [dependencies: a@^1]",
      "app → app/node_modules/lint [devDependencies: lint@1]",
    ]);
  });

  it("has the name of its directory if its package.json has none, and no version", () => {
    const { found } = viewPackages({ ...APP, "app/package.json": "{}" });
    expect(found.components[2]).toMatchObject({ name: "app", version: "", identity: "pkg:npm/app" });
    const atRoot = viewPackages({ "package.json": "{}", "node_modules/a/package.json": manifest("a") });
    expect(atRoot.roots).toEqual(["node_modules/a", "unowned@0"]);
  });

  it("is the entrypoint's if the command starts a file of it, or a package that is installed in it", () => {
    for (const command of [
      ["node", "/app/src/server.js"],
      ["node", "/app/node_modules/a/package.json"],
    ]) {
      const image = viewPackages({ ...APP, "usr/bin/node": "" }, command);
      expect(image.rootReasons).toMatchObject({ app: "entrypoint" });
    }
    const image = viewPackages({ ...APP, "usr/bin/npm": "" }, ["npm", "start"], "", "/app");
    expect(image.rootReasons).toMatchObject({ app: "entrypoint" });
    const other = viewPackages({ ...APP, "usr/bin/php": "" }, ["php", "-S", "[::]:80"], "", "/app");
    expect(other.rootReasons).toMatchObject({ app: "application" });
  });

  it("needs no modules if the command starts a file of it", () => {
    const image = { "srv/package.json": manifest("bundled"), "srv/dist/x/main.js": "1", "usr/bin/node": "" };
    expect(viewPackages(image).names).toEqual(["unowned@0"]);
    const { names, ownerOf } = viewPackages(image, ["node", "dist/x/main.js"], "", "/srv");
    expect([names, ownerOf("srv/dist/x/main.js")]).toEqual([["srv"], "srv"]);
  });

  it("owns no directory of the system, nor what is hidden in a user's home", () => {
    const modules = (path: string) => ({
      [`${path}package.json`]: manifest("shop"),
      [`${path}main.js`]: "1",
      [`${path}node_modules/a/package.json`]: manifest("a"),
    });
    const image = viewPackages({
      ...modules(""),
      ...modules("usr/local/"),
      ...modules("home/node/"),
      "etc/own.conf": "1",
      "usr/local/share/x": "1",
      "home/node/src/y.js": "1",
      "home/node/.cache/z": "1",
    });
    expect(["main.js", "usr/local/main.js", "home/node/src/y.js"].map(image.ownerOf)).toEqual([
      "shop@1.0.0",
      "usr/local",
      "home/node",
    ]);
    for (const path of ["etc/own.conf", "usr/local/share/x", "home/node/.cache/z"])
      expect(image.ownerOf(path)).toBe("unowned@0");
  });

  it("is none if its package.json is part of a package", () => {
    const image = viewPackages({
      "var/lib/dpkg/status": debRecord("node-x"),
      "var/lib/dpkg/info/node-x.list": "/usr/share/nodejs/x/package.json\n",
      "usr/share/nodejs/x/package.json": manifest("x", { dependencies: { a: "1" } }),
      "usr/share/nodejs/x/node_modules/a/package.json": manifest("a"),
    });
    expect(image.names).toEqual(["node-x@1", "usr/share/nodejs/x/node_modules/a", "dpkg database"]);
  });
});

describe("a package that a link in node_modules leads to", () => {
  const LINKED: Record<string, TreeEntry> = {
    "app/package.json": manifest("shop", {
      workspaces: ["packages/*", "!packages/old"],
      dependencies: { "@s/w": "*", file: "file:../file" },
    }),
    "app/node_modules/@s/w": { symlink: "../../packages/w" },
    "app/node_modules/alone": { symlink: "../packages/alone" },
    "app/node_modules/old": { symlink: "../packages/old" },
    "app/node_modules/file": { symlink: "../../file" },
    "app/node_modules/gone": { symlink: "../../gone" },
    "app/node_modules/a/package.json": manifest("a", { peerDependencies: { "@s/w": "1" } }),
    "app/packages/w/package.json": manifest("@s/w", { dependencies: { alone: "*", own: "1" } }),
    "app/packages/w/index.js": "1",
    "app/packages/w/node_modules/own/package.json": manifest("own"),
    "app/packages/alone/package.json": manifest("alone"),
    "app/packages/old/package.json": manifest("old"),
    "file/package.json": manifest("file", { dependencies: { a: "1" } }),
  };

  it("is a component: a workspace, or one installed with file:", () => {
    const image = viewPackages(LINKED);
    expect(image.edges).toEqual([
      "app/node_modules/a → app/packages/w [peerDependencies: @s/w@1]",
      "app → app/packages/w [dependencies: @s/w@*]",
      "app → file [dependencies: file@file:../file]",
      "app → app/packages/alone [workspaces: packages/*]",
      "app/packages/w → app/packages/alone [dependencies: alone@*]",
      "app/packages/w → app/packages/w/node_modules/own [dependencies: own@1]",
    ]);
    expect(image.ownerOf("app/packages/w/index.js")).toBe("app/packages/w");
    // The package outside of the application finds none of its modules.
    expect(image.edges.filter((edge) => edge.startsWith("file"))).toEqual([]);
    expect(image.roots).toEqual(["app", "app/packages/old"]);
  });

  it("is found by its pattern within a limit", () => {
    const long = "x".repeat(200);
    const patterns = Array.from({ length: 1000 }, () => "*x".repeat(500));
    const many = Array.from({ length: 300 }, (_, i): [string, TreeEntry][] => [
      [`node_modules/w${i}`, { symlink: `../${long}/w${i}` }],
      [`${long}/w${i}/package.json`, "{}"],
    ]);
    const image = { "package.json": manifest("r", { workspaces: patterns }), ...Object.fromEntries(many.flat()) };
    const { found } = viewPackages({ ...image, "node_modules/a/package.json": manifest("a") });
    expect(found.problems).toMatchObject([{ message: expect.stringContaining(`${MAX_WORKSPACE_STEPS}`) }]);
  });
});
