import { describe, expect, it } from "vitest";
import { Evidence } from "#lib/model/component.ts";
import type { TreeEntry } from "#testing/builders/file-tree.ts";
import { viewPackages } from "#testing/builders/packages.ts";

const manifest = (name: string, fields: object = {}) => JSON.stringify({ name, version: "1.0.0", ...fields });
type Dependencies = readonly (readonly [alias: string, target: string | readonly string[] | null])[];
const at = (location: string, ...dependencies: Dependencies) => {
  return { packageLocation: location, packageDependencies: dependencies };
};
const V = `virtual:${"0f".repeat(8)}`;
const zip = (name: string) => `./.yarn/cache/${name}.zip/node_modules/x/`;

const REGISTRY = [
  [null, [[null, at("./", ["a", `${V}#npm:1.0.0`])]]],
  ["shop", [["workspace:.", at("./", ["a", `${V}#npm:1.0.0`], ["tool", "npm:2.0.0"], ["w", "workspace:packages/w"])]]],
  ["w", [["workspace:packages/w", at("./packages/w/", ["a", "npm:1.0.0"], ["alias", ["@s/b", "npm:3.0.0"]])]]],
  [
    "a",
    [
      ["npm:1.0.0", at(zip("a"), ["a", "npm:1.0.0"], ["peer", null])],
      [`${V}#npm:1.0.0`, at("./.yarn/__virtual__/a-virtual-0f/0/cache/a.zip/node_modules/a/", ["@s/b", "npm:3.0.0"])],
    ],
  ],
  ["@s/b", [["npm:3.0.0", at(zip("b"))]]],
  [
    "tool",
    [["npm:2.0.0", at("./.yarn/unplugged/tool-npm-2.0.0/node_modules/tool/", ["@s/b", "npm:3.0.0"], ["os", "npm:1"])]],
  ],
  ["os", [["npm:1", at(zip("not-for-this-machine"))]]],
];
const STATE = JSON.stringify({ packageRegistryData: REGISTRY });

const PROJECT: Record<string, TreeEntry> = {
  "app/package.json": manifest("shop", { dependencies: { a: "1" }, workspaces: ["packages/*"] }),
  "app/.yarn/cache/a.zip": { byteCount: 100 },
  "app/.yarn/cache/b.zip": { byteCount: 20 },
  "app/.yarn/cache/left.zip": { byteCount: 3 },
  "app/.yarn/unplugged/tool-npm-2.0.0/node_modules/tool/package.json": manifest("tool", {
    dependencies: { "@s/b": "3", os: "1" },
  }),
  "app/packages/w/package.json": manifest("w"),
  "app/packages/w/index.js": "1",
};
const LAYOUTS: readonly (readonly [string, Record<string, TreeEntry>])[] = [
  ["in the loader", { "app/.pnp.cjs": STATE }],
  ["in the loader as a layer has it", { "app/.pnp.cjs": `hydrateRuntimeState(JSON.parse('${STATE}'), {})` }],
  ["beside the loader", { "app/.pnp.cjs": "", "app/.pnp.data.json": STATE }],
];

describe("Yarn's Plug'n'Play", () => {
  it.each(LAYOUTS)("with its data %s has a component for each archive, workspace and directory", (_, data) => {
    const image = viewPackages({ ...PROJECT, ...data });
    const found = image.found.components.map(({ kind, identity, instancePath }) => [kind, identity, instancePath]);
    expect(found).toEqual([
      ["npm", "pkg:npm/tool@1.0.0", "app/.yarn/unplugged/tool-npm-2.0.0/node_modules/tool"],
      ["npm", "pkg:npm/a@1.0.0", "app/.yarn/cache/a.zip"],
      ["npm", "pkg:npm/%40s/b@3.0.0", "app/.yarn/cache/b.zip"],
      ["manager", "manager:yarn-cache", ""],
      ["npm", "pkg:npm/shop@1.0.0", "app"],
      ["npm", "pkg:npm/w@1.0.0", "app/packages/w"],
    ]);
    expect(["app/.yarn/cache/a.zip", "app/.yarn/cache/b.zip", "yarn cache"].map(image.selfSizeOf)).toEqual([
      100, 20, 3,
    ]);
    expect(image.ownerOf("app/packages/w/index.js")).toBe("app/packages/w");
    expect(image.messages).toEqual([]);
  });

  it("leads to what its data names, and to what is there: not to programs for other machines", () => {
    const { edges, found, roots } = viewPackages({ ...PROJECT, "app/.pnp.cjs": STATE });
    const tool = "app/.yarn/unplugged/tool-npm-2.0.0/node_modules/tool";
    expect(edges).toEqual([
      "app → app/.yarn/cache/a.zip [packageDependencies: a@npm:1.0.0]",
      `app → ${tool} [packageDependencies: tool@npm:2.0.0]`,
      "app → app/packages/w [packageDependencies: w@workspace:packages/w]",
      "app/packages/w → app/.yarn/cache/a.zip [packageDependencies: a@npm:1.0.0]",
      "app/packages/w → app/.yarn/cache/b.zip [packageDependencies: alias@@s/b@npm:3.0.0]",
      "app/.yarn/cache/a.zip → app/.yarn/cache/b.zip [packageDependencies: @s/b@npm:3.0.0]",
      `${tool} → app/.yarn/cache/b.zip [packageDependencies: @s/b@npm:3.0.0]`,
    ]);
    expect(new Set(found.edges.map(({ evidence }) => evidence))).toEqual(new Set([Evidence.declared]));
    expect(roots).toEqual(["yarn cache", "app"]);
  });

  it("that has no data, or damaged data, is a problem; its archives are a cache then", () => {
    for (const data of ["module.exports = new Map();", "{"]) {
      const { names, messages } = viewPackages({ ...PROJECT, "app/.pnp.cjs": data }, ["x"], "", "/app");
      expect(names).toContain("yarn cache");
      expect(messages[0]).toMatch(/^app\/\.pnp\.cjs: /);
    }
  });

  it("may have its archives in a user's cache", () => {
    const cached = at("../root/.yarn/berry/cache/a.zip/node_modules/a/");
    const data = JSON.stringify({ packageRegistryData: [["a", [["npm:1.0.0", cached]]]] });
    const image = viewPackages({ "app/.pnp.cjs": data, "root/.yarn/berry/cache/a.zip": { byteCount: 9 } });
    expect(image.ownerOf("root/.yarn/berry/cache/a.zip")).toBe("root/.yarn/berry/cache/a.zip");
  });
});
