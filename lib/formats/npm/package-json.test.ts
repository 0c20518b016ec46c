import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  MAX_DEPENDENCIES,
  MAX_NAME_LENGTH,
  MAX_PACKAGE_JSON_BYTES,
  MAX_VERSION_LENGTH,
  parsePackageJson,
} from "./package-json.ts";

function parse(json: unknown): ReturnType<typeof parsePackageJson> {
  return parsePackageJson(new TextEncoder().encode(typeof json === "string" ? json : JSON.stringify(json)));
}

describe("package.json", () => {
  test("name, version and the kinds of dependencies; optional overrides ordinary, ordinary overrides peer", () => {
    const { value, problems } = parse({
      name: "@s/n",
      version: "1.0.0",
      dependencies: { a: "^1", b: "npm:c@2" },
      optionalDependencies: { a: "^1" },
      peerDependencies: { b: "*", "@p/q": ">=1" },
      devDependencies: { d: "1" },
      workspaces: ["packages/*"],
    });
    expect(problems).toEqual([]);
    expect(value).toEqual({
      name: "@s/n",
      version: "1.0.0",
      dependencies: [
        { field: "optionalDependencies", name: "a", range: "^1" },
        { field: "dependencies", name: "b", range: "npm:c@2" },
        { field: "peerDependencies", name: "@p/q", range: ">=1" },
      ],
      devDependencies: [{ field: "devDependencies", name: "d", range: "1" }],
      workspaces: ["packages/*"],
    });
  });

  test("a file without a name is a package.json; fields of a wrong type count as absent", () => {
    expect(parse({ type: "module", version: 3, dependencies: ["a"], peerDependencies: { a: 1 } }).value).toEqual({
      name: "",
      version: "",
      dependencies: [{ field: "peerDependencies", name: "a", range: "" }],
      devDependencies: [],
      workspaces: [],
    });
  });

  test("a byte order mark is not part of the JSON", () => {
    expect(parse(`\uFEFF{"name":"a"}`).value?.name).toBe("a");
  });

  test.each([
    ["no JSON", "{", "bad-json"],
    ["no object", "[]", "bad-json"],
    ["a name that is not a string", '{"name":{"toString":1}}', "bad-json"],
    ["a name that is a path", '{"name":"../a"}', "bad-json"],
    ["a name over MAX_NAME_LENGTH", { name: "a".repeat(MAX_NAME_LENGTH + 1) }, "bad-json"],
    ["more than MAX_PACKAGE_JSON_BYTES", `{}${" ".repeat(MAX_PACKAGE_JSON_BYTES)}`, "limit-exceeded"],
    ["100,000 levels of nesting", "[".repeat(100_000), "bad-json"],
  ])("%s is one problem", (_, json, code) => {
    const { value, problems } = parse(json);
    expect(value).toBeUndefined();
    expect(problems.map((problem) => problem.code)).toEqual([code]);
  });

  test("invalid dependency names are one problem and are left out", () => {
    const { value, problems } = parse({ name: "a", dependencies: { "../x": "1", "a/b/c": "1", ".bin": "1", ok: "1" } });
    expect(value?.dependencies.map(({ name }) => name)).toEqual(["ok"]);
    expect(problems).toHaveLength(1);
  });

  test("dependencies after MAX_DEPENDENCIES are left out, and reported; a long version is left out", () => {
    const dependencies = Object.fromEntries(Array.from({ length: MAX_DEPENDENCIES + 1 }, (_, i) => [`d${i}`, "1"]));
    const { value, problems } = parse({ name: "a", version: "1".repeat(MAX_VERSION_LENGTH + 1), dependencies });
    expect(value?.dependencies).toHaveLength(MAX_DEPENDENCIES);
    expect(value?.version).toBe("");
    expect(problems.map(({ code }) => code)).toEqual(["limit-exceeded"]);
  });

  test("no input makes it throw", () => {
    const field = fc.constantFrom(
      "name",
      "version",
      "dependencies",
      "optionalDependencies",
      "peerDependencies",
      "devDependencies",
      "workspaces",
    );
    const strange = fc.dictionary(field, fc.oneof(fc.jsonValue(), fc.dictionary(fc.string(), fc.jsonValue())));
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array(),
          strange.map((json) => new TextEncoder().encode(JSON.stringify(json))),
        ),
        (body) => {
          const { value, problems } = parsePackageJson(body);
          expect(value !== undefined || problems.length > 0).toBe(true);
        },
      ),
    );
  });
});
