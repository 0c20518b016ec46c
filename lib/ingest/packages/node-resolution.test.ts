import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { readDiskTree } from "#testing/builders/disk-tree.ts";
import { viewPackages } from "#testing/builders/packages.ts";
import { listNodeEdges } from "#testing/oracles/node-resolution.ts";
import { areInstalled } from "#testing/run/registry.ts";

const CHECKOUT = realpathSync(join(import.meta.dirname, "../../.."));
const folder = realpathSync(mkdtempSync(join(tmpdir(), "stratigraph-node-")));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The packages of a tree on disk, and the edges between them that are declared. */
function viewDisk(root: string, isSkipped?: (path: string) => boolean) {
  const image = viewPackages(readDiskTree(root, /^package\.json$/, isSkipped));
  const npm = image.found.components.filter(({ kind }) => kind === "npm").map(({ instancePath }) => instancePath);
  const declared = image.edges.filter((edge) => /\[\w*[dD]ependencies: /.test(edge));
  const edges = [...new Set(declared.map((edge) => edge.replace(/ \[.*/, "")))].sort();
  return { npm, edges, projects: npm.filter((path) => !path.includes("node_modules")), messages: image.messages };
}

function write(
  layout: string,
  files: Readonly<Record<string, object>>,
  links: Readonly<Record<string, string>>,
): string {
  const root = join(folder, layout);
  for (const [path, manifest] of Object.entries(files)) {
    mkdirSync(join(root, path), { recursive: true });
    writeFileSync(join(root, path, "package.json"), JSON.stringify({ version: "1.0.0", ...manifest }));
  }
  for (const [path, target] of Object.entries(links)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    symlinkSync(target, join(root, path));
  }
  return root;
}

describe("packages lead to what Node finds", () => {
  it("in the modules that npm has installed for this checkout", { timeout: 30_000 }, () => {
    // Below the packages are only their own files; the other directories of the checkout are not npm's.
    const isSkipped = (path: string) => !/^node_modules(?:\/(?:@[^/]+|[^/@][^/]*|@[^/]+\/[^/]+))*$/.test(path);
    const { npm, edges, projects } = viewDisk(CHECKOUT, isSkipped);
    // The project itself is in the root of this tree, with no path.
    const root = projects.indexOf("") >= 0 ? [""] : [];
    expect(root).toEqual([""]);
    expect(npm.length).toBeGreaterThan(250);
    const named = edges.map((edge) => edge.replace(/^[^/ ]+@\S+ →/, " →"));
    expect(named.sort()).toEqual(listNodeEdges(CHECKOUT, npm, root));
    expect(edges.length).toBeGreaterThan(300);
  });

  it("in pnpm's layout, of workspaces with peers in two versions", () => {
    const store = "app/node_modules/.pnpm";
    const root = write(
      "pnpm",
      {
        app: { name: "app", dependencies: { ui: "1", w: "workspace:*" }, devDependencies: { peer: "2" } },
        "app/packages/w": { name: "w", dependencies: { ui: "1", gone: "1" }, peerDependencies: { peer: "1" } },
        [`${store}/ui@1.0.0_peer@1.0.0/node_modules/ui`]: { name: "ui", peerDependencies: { peer: "*" } },
        [`${store}/ui@1.0.0_peer@2.0.0/node_modules/ui`]: { name: "ui", peerDependencies: { peer: "*" } },
        [`${store}/peer@1.0.0/node_modules/peer`]: { name: "peer", dependencies: { "@s/b": "1" } },
        [`${store}/peer@2.0.0/node_modules/peer`]: { name: "peer", version: "2.0.0" },
        [`${store}/@s+b@1.0.0/node_modules/@s/b`]: { name: "@s/b", dependencies: { hoisted: "1" } },
        [`${store}/hoisted@1.0.0/node_modules/hoisted`]: { name: "hoisted" },
      },
      {
        "app/node_modules/ui": ".pnpm/ui@1.0.0_peer@2.0.0/node_modules/ui",
        "app/node_modules/peer": ".pnpm/peer@2.0.0/node_modules/peer",
        "app/node_modules/w": "../packages/w",
        "app/packages/w/node_modules/ui": "../../../node_modules/.pnpm/ui@1.0.0_peer@1.0.0/node_modules/ui",
        "app/packages/w/node_modules/peer": "../../../node_modules/.pnpm/peer@1.0.0/node_modules/peer",
        [`${store}/ui@1.0.0_peer@1.0.0/node_modules/peer`]: "../../peer@1.0.0/node_modules/peer",
        [`${store}/ui@1.0.0_peer@2.0.0/node_modules/peer`]: "../../peer@2.0.0/node_modules/peer",
        [`${store}/peer@1.0.0/node_modules/@s/b`]: "../../../@s+b@1.0.0/node_modules/@s/b",
        [`${store}/node_modules/hoisted`]: "../hoisted@1.0.0/node_modules/hoisted",
      },
    );
    const { npm, edges, projects, messages } = viewDisk(root);
    expect([npm.length, edges.length, projects, messages]).toEqual([8, 9, ["app", "app/packages/w"], []]);
    expect(edges).toEqual(listNodeEdges(root, npm, projects));
  });

  it("in the store of Yarn's linker of that name", () => {
    const store = "app/node_modules/.store";
    const root = write(
      "yarn",
      {
        app: { name: "app", dependencies: { a: "1" } },
        [`${store}/a-npm-1.0.0-0f/package`]: { name: "a", dependencies: { "@s/b": "1" } },
        [`${store}/@s-b-npm-1.0.0-0f/package`]: { name: "@s/b", dependencies: { a: "1" } },
      },
      {
        "app/node_modules/a": ".store/a-npm-1.0.0-0f/package",
        [`${store}/a-npm-1.0.0-0f/node_modules/a`]: "../package",
        [`${store}/a-npm-1.0.0-0f/node_modules/@s/b`]: "../../../@s-b-npm-1.0.0-0f/package",
        [`${store}/@s-b-npm-1.0.0-0f/node_modules/a`]: "../../a-npm-1.0.0-0f/package",
      },
    );
    const { npm, edges, projects } = viewDisk(root);
    expect([npm.length, edges.length]).toEqual([3, 3]);
    expect(edges).toEqual(listNodeEdges(root, npm, projects));
  });
});

describe.skipIf(!areInstalled("npm"))("packages lead to what npm says (needs npm)", () => {
  it("of workspaces, a package installed with file:, an alias, and a package in two versions", () => {
    const root = write(
      "npm",
      {
        app: {
          name: "app",
          workspaces: ["packages/*"],
          dependencies: { a: "1", file: "file:../file", alias: "npm:b@1" },
          devDependencies: { dev: "1" },
        },
        "app/packages/w": { name: "w", dependencies: { b: "2", v: "*" } },
        "app/packages/v": { name: "v", peerDependencies: { a: "1" } },
        "app/packages/w/node_modules/b": { name: "b", version: "2.0.0" },
        "app/node_modules/a": { name: "a", dependencies: { b: "1" }, optionalDependencies: { gone: "1" } },
        "app/node_modules/b": { name: "b", dependencies: { a: "1" } },
        "app/node_modules/alias": { name: "b", dependencies: { a: "1" } },
        "app/node_modules/dev": { name: "dev", dependencies: { b: "^1" } },
        file: { name: "file", dependencies: {} },
      },
      {
        "app/node_modules/w": "../packages/w",
        "app/node_modules/v": "../packages/v",
        "app/node_modules/file": "../../file",
      },
    );
    const { edges } = viewDisk(root);
    const listed = listNpmEdges(join(root, "app"));
    // npm counts each workspace as something that its project asks for.
    expect(edges).toEqual(listed.filter((edge) => !/^app → app\/packages\/[vw]$/.test(edge)));
    expect([edges.length, listed.length]).toEqual([11, 13]);
  });
});

/** `npm query` lists the edges out of each package by the places that they lead to. */
function listNpmEdges(project: string): string[] {
  const text = execFileSync("npm", ["query", "*"], { cwd: project, encoding: "utf8" });
  const found = JSON.parse(text) as { location: string; to: string[] }[];
  const toPath = (location: string) => realpathSync(join(project, location)).slice(dirname(project).length + 1);
  return [
    ...new Set(found.flatMap(({ location, to }) => to.map((each) => `${toPath(location)} → ${toPath(each)}`))),
  ].sort();
}
