import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MAX_PNP_PACKAGES, MAX_PNP_TEXT, MAX_PNP_VALUES, parsePnp, toRealLocation, versionOfReference } from "./pnp.ts";
import { extractPnpState, MAX_PNP_BYTES } from "./pnp-state.ts";

const bytesOf = (text: string) => new TextEncoder().encode(text);
const parse = (json: unknown) => parsePnp(bytesOf(JSON.stringify(json)));
const registry = (...packages: readonly unknown[]) => ({ packageRegistryData: packages });
const entry = (location: string, dependencies: readonly unknown[] = []) => {
  return { packageLocation: location, packageDependencies: dependencies, linkType: "HARD" };
};

describe("the data of Plug'n'Play", () => {
  it("says where each package is and what it may import, by alias and without peers that are not there", () => {
    const a = entry("./.yarn/cache/a.zip/node_modules/a/", [
      ["a", "npm:1.0.0"],
      ["peer", null],
      ["b", "virtual:0f#npm:2.0.0"],
      ["other", ["@s/real", "npm:3.0.0"]],
    ]);
    const { value, problems } = parse(registry([null, [[null, entry("./")]]], ["a", [["npm:1.0.0", a]]]));
    expect(problems).toEqual([]);
    expect(value).toEqual([
      { name: "", reference: "", location: "./", dependencies: [] },
      {
        name: "a",
        reference: "npm:1.0.0",
        location: "./.yarn/cache/a.zip/node_modules/a/",
        dependencies: [
          { alias: "a", name: "a", reference: "npm:1.0.0" },
          { alias: "b", name: "b", reference: "virtual:0f#npm:2.0.0" },
          { alias: "other", name: "@s/real", reference: "npm:3.0.0" },
        ],
      },
    ]);
  });

  it("of a wrong form is one fault for all of it", () => {
    const { value, problems } = parse(registry(["../x", [["npm:1", entry("./")]]], ["a", [["npm:1", 1], 2]], 3));
    expect([value, problems]).toMatchObject([[], [{ message: "has 3 invalid packages of Plug'n'Play" }]]);
    for (const text of ["", "[]", "{", "{}"]) expect(parsePnp(bytesOf(text)).problems).toHaveLength(1);
  });

  it("beyond the limits is cut, and says so", () => {
    const many = registry(["a", Array.from({ length: MAX_PNP_PACKAGES + 1 }, (_, i) => [`npm:${i}`, entry("./")])]);
    expect(parse(many).value).toHaveLength(MAX_PNP_PACKAGES);
    expect(parse(registry(["a", [["npm:1", entry("x".repeat(MAX_PNP_TEXT + 1))]]])).value).toEqual([]);
    const values = registry(Array.from({ length: MAX_PNP_VALUES }, () => 1));
    for (const text of [JSON.stringify(many), JSON.stringify(values), " ".repeat(MAX_PNP_BYTES + 1)])
      expect(parsePnp(bytesOf(text)).problems.map(({ code }) => code)).toEqual(["limit-exceeded"]);
  });

  it("never makes the parser throw", () => {
    const json = fc.oneof(fc.jsonValue(), fc.constantFrom("a", "npm:1", null, entry("./", [["a", "npm:1"], 1, []])));
    const strange = fc.array(fc.oneof(json, fc.tuple(json, fc.array(fc.tuple(json, json)))));
    fc.assert(
      fc.property(strange, (list) => {
        expect(parse(registry(...list)).value).toBeInstanceOf(Array);
      }),
    );
  });
});

describe("a loader's data", () => {
  const json = '{\n  "a": "it\'s \\\\ \\"x\\"",\n  "packageRegistryData": []\n}';
  const literal = `'${json.replace(/[\\']/g, "\\$&").replace(/\n/g, "\\\n")}'`;
  const text = (loader: string) => new TextDecoder().decode(extractPnpState(bytesOf(loader)));

  it.each([
    ["Yarn 4", `const RAW_RUNTIME_STATE =\n${literal};\n\nfunction $$SETUP_STATE() { return 'x' }`],
    ["Yarn 3", `  return hydrateRuntimeState(JSON.parse(${literal}), {basePath: basePath || __dirname});`],
    ["Yarn 2", `  return hydrateRuntimeState(${json}, {basePath: basePath || __dirname});`],
  ])("of %s is the JSON in it", (_, loader) => {
    expect(JSON.parse(text(loader))).toEqual({ a: `it's \\ "x"`, packageRegistryData: [] });
  });

  it("is empty where there is none", () => {
    expect(text("const data = JSON.parse(fs.readFileSync('.pnp.data.json'))")).toBe("");
    expect(text("const RAW_RUNTIME_STATE = '{ unterminated")).toBe("");
    expect(text("return hydrateRuntimeState({ unterminated")).toBe("");
  });

  it("is what was quoted, whatever it was", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom("'", "\\", "\n", "a") }), (state) => {
        const quoted = state.replace(/[\\']/g, "\\$&").replace(/\n/g, "\\\n");
        // An end of line that is quoted disappears, as in JavaScript.
        expect(text(`RAW_RUNTIME_STATE = '${quoted}';`)).toBe(state.replaceAll("\n", ""));
      }),
    );
  });
});

it.each([
  ["npm:1.2.3", "1.2.3"],
  ["virtual:0fa#npm:4.3.4", "4.3.4"],
  ["npm:5.0.0-rc.1+build", "5.0.0-rc.1+build"],
  ["patch:a@npm%3A5.4.5#optional!builtin<compat/a>::version=5.4.5&hash=5adc0c", "5.4.5"],
  ["workspace:packages/a", ""],
  ["file:../a#../a::hash=66367f&locator=b%40workspace%3A.", ""],
  ["https://example.com/a.git#commit=abc", ""],
])("the version in %s is %s", (reference, version) => {
  expect(versionOfReference(reference)).toBe(version);
});

it.each([
  ["./.yarn/__virtual__/a-virtual-7d/0/cache/a.zip/node_modules/a/", "./.yarn/cache/a.zip/node_modules/a/"],
  ["./.yarn/__virtual__/v-virtual-e6/1/packages/v/", "./.yarn/../packages/v/"],
  ["./.yarn/$$virtual/v-virtual-e6/2/v/", "./.yarn/../../v/"],
  ["./packages/v/", "./packages/v/"],
])("the real place of %s is %s", (location, real) => {
  expect(toRealLocation(location)).toBe(real);
});
