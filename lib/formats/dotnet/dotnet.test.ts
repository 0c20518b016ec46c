import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MAX_DOTNET_LIBRARIES, parseDepsJson } from "./deps-json.ts";
import { MAX_DEPS_BYTES } from "./read-json.ts";
import { MAX_FRAMEWORKS, parseRuntimeConfig } from "./runtime-config.ts";
import { compareDotnetVersions, rollForward } from "./version.ts";

const bytesOf = (json: unknown) => Buffer.from(typeof json === "string" ? json : JSON.stringify(json));
const parse = (json: unknown) => parseDepsJson(bytesOf(json));
const NET = ".NETCoreApp,Version=v8.0";
const DEPS = {
  runtimeTarget: { name: `${NET}/linux-x64`, signature: "" },
  targets: {
    [NET]: { "Other/1": { runtime: { "Other.dll": {} } } },
    [`${NET}/linux-x64`]: {
      "App/1.0.0": { dependencies: { "A.B": "2.0.0", "Tool.Only": "1.0" }, runtime: { "App.dll": {} } },
      "A.B/2.0.0": {
        runtime: { "lib/net6.0/A.B.dll": { assemblyVersion: "2.0.0.0" }, "lib/net6.0/_._": {} },
        resources: { "lib/net6.0/de/A.B.resources.dll": { locale: "de" } },
        runtimeTargets: { "runtimes/unix/lib/net6.0/C.dll": { rid: "unix", assetType: "runtime" } },
        compile: { "ref/A.B.dll": {} },
      },
      "Tool.Only/1.0": {},
      "runtimepack.Microsoft.NETCore.App.Runtime.linux-x64/8.0.1": {
        native: { "libcoreclr.so": { fileVersion: "0" } },
      },
    },
  },
  libraries: {
    "App/1.0.0": { type: "project" },
    "A.B/2.0.0": { type: "package", path: "a.b/2.0.0" },
    "runtimepack.Microsoft.NETCore.App.Runtime.linux-x64/8.0.1": { type: "runtimepack" },
  },
};

describe("a .deps.json", () => {
  it("lists the libraries of its target with what they need and where their files may be", () => {
    expect(parse(`\ufeff${JSON.stringify(DEPS)}`)).toEqual({
      value: [
        {
          name: "App",
          version: "1.0.0",
          kind: "project",
          dependencies: [
            { name: "A.B", version: "2.0.0" },
            { name: "Tool.Only", version: "1.0" },
          ],
          assets: ["App.dll"],
        },
        {
          name: "A.B",
          version: "2.0.0",
          kind: "package",
          dependencies: [],
          assets: [
            "A.B.dll",
            "lib/net6.0/A.B.dll",
            "de/A.B.resources.dll",
            "lib/net6.0/de/A.B.resources.dll",
            "C.dll",
            "runtimes/unix/lib/net6.0/C.dll",
          ],
        },
        {
          name: "Microsoft.NETCore.App.Runtime.linux-x64",
          version: "8.0.1",
          kind: "package",
          dependencies: [],
          assets: ["libcoreclr.so"],
        },
      ],
      problems: [],
    });
  });

  it("without a target that it names has its only one", () => {
    const targets = { [NET]: { "A/1": { runtime: { "A.dll": {} } } } };
    for (const json of [{ targets }, { targets, runtimeTarget: "gone" }])
      expect(parse(json).value).toMatchObject([{ name: "A" }]);
  });

  it("that is damaged or too long says so", () => {
    const many = Object.fromEntries(Array.from({ length: MAX_DOTNET_LIBRARIES + 1 }, (_, i) => [`A${i}/1`, {}]));
    expect(parse({ targets: { [NET]: many } }).problems).toMatchObject([{ code: "limit-exceeded" }]);
    for (const json of ["[]", "{", { targets: { [NET]: { "no version": {}, "/1": {}, "A/1": 1 } } }])
      expect(parse(json).problems[0]).toMatchObject({ code: "bad-json" });
    expect(parse(" ".repeat(MAX_DEPS_BYTES + 1)).problems).toMatchObject([{ code: "limit-exceeded" }]);
  });

  it("never makes the parsers throw", () => {
    const field = fc.constantFrom(
      "targets",
      "libraries",
      "runtime",
      "dependencies",
      "A/1",
      "framework",
      "runtimeOptions",
      "__proto__",
    );
    const tree = fc.letrec((tie) => ({
      node: fc.oneof({ maxDepth: 5 }, fc.jsonValue(), fc.dictionary(field, tie("node"))),
    })).node;
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array(), tree.map(bytesOf)), (bytes) => {
        expect(parseDepsJson(bytes).value).toBeInstanceOf(Array);
        expect(parseRuntimeConfig(bytes).value).toBeInstanceOf(Array);
      }),
    );
  });
});

it("a .runtimeconfig.json names one framework or several, or none that is not in the application", () => {
  const read = (runtimeOptions: object) => parseRuntimeConfig(bytesOf({ runtimeOptions })).value;
  const framework = { name: "Microsoft.NETCore.App", version: "8.0.0" };
  expect(read({ framework })).toEqual([framework]);
  expect(read({ frameworks: [framework, { name: "B" }, 1] })).toEqual([framework, { name: "B", version: "" }]);
  expect(read({ includedFrameworks: [framework] })).toEqual([]);
  const { problems } = parseRuntimeConfig(
    bytesOf({ runtimeOptions: { frameworks: Array(MAX_FRAMEWORKS + 1).fill(framework) } }),
  );
  expect(problems).toMatchObject([{ code: "limit-exceeded" }]);
});

it("versions are in .NET's order, and the host rolls forward to the lowest minor version and its highest patch", () => {
  const ordered = ["none", "6.0.9", "6.0.10", "8.0.0-preview.1", "8.0.0-rc.1", "8.0.0", "8.1.0", "10.0.0"];
  expect(ordered.toReversed().toSorted(compareDotnetVersions)).toEqual(ordered);
  expect(rollForward("8.0.0", ["8.0.2", "8.0.10", "8.1.0", "9.0.0"])).toBe("8.0.10");
  expect(rollForward("8.0.5", ["8.0.2", "8.1.1", "8.2.0"])).toBe("8.1.1");
  expect(rollForward("8.0.0", ["9.0.0", "8.0.0-rc.1"])).toBeUndefined();
});
