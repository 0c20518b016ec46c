import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MAX_COMPOSER_PACKAGES, parseInstalledJson } from "./installed-json.ts";
import { parseComposerJson } from "./project.ts";
import { MAX_COMPOSER_BYTES, MAX_COMPOSER_NAMES, MAX_COMPOSER_TEXT } from "./read-json.ts";

const bytesOf = (json: unknown) => new TextEncoder().encode(typeof json === "string" ? json : JSON.stringify(json));
const parse = (json: unknown) => parseInstalledJson(bytesOf(json));
const names = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, i) => [`v/p${i}`, "*"]));

describe("installed.json", () => {
  it("says what is installed where, and what it needs and provides, in lower case", () => {
    const first = {
      name: "Monolog/Monolog",
      version: "3.5.0",
      "install-path": "../monolog/monolog",
      require: { php: ">=8.1", "ext-json": "*", "composer-runtime-api": "^2", "Psr/Log": "^2.0 || ^3.0" },
      "require-dev": { "a/b": "*" },
      provide: { "psr/log-implementation": "3.0.0" },
      replace: { "old/name": "self.version" },
    };
    const meta = { name: "m/m", version: "1", type: "metapackage", "install-path": null };
    expect(parse({ packages: [first, meta], dev: true })).toEqual({
      value: [
        {
          name: "monolog/monolog",
          version: "3.5.0",
          installPath: "../monolog/monolog",
          requires: [{ name: "psr/log", constraint: "^2.0 || ^3.0" }],
          provides: ["psr/log-implementation", "old/name"],
        },
        { name: "m/m", version: "1", installPath: "", requires: [], provides: [] },
      ],
      problems: [],
    });
  });

  it("of Composer 1 is a list, whose packages have one place each", () => {
    expect(parse([{ name: "A/b", version: "1" }]).value).toMatchObject([{ name: "a/b", installPath: "../A/b" }]);
  });

  it("beyond the limits is cut, and says so", () => {
    const many = Array.from({ length: MAX_COMPOSER_PACKAGES + 1 }, (_, i) => ({ name: `v/p${i}` }));
    const wide = { name: "v/w", version: "1".repeat(MAX_COMPOSER_TEXT + 1), require: names(MAX_COMPOSER_NAMES + 1) };
    expect(parse(many).value).toHaveLength(MAX_COMPOSER_PACKAGES);
    expect(parse([wide]).value).toMatchObject([{ version: "", requires: { length: MAX_COMPOSER_NAMES } }]);
    for (const json of [many, [wide], " ".repeat(MAX_COMPOSER_BYTES + 1)])
      expect(parse(json).problems.map(({ code }) => code)).toEqual(["limit-exceeded"]);
  });

  it("never makes the parsers throw", () => {
    const field = fc.constantFrom(
      "name",
      "packages",
      "version",
      "require",
      "replace",
      "provide",
      "install-path",
      "type",
    );
    const strange = fc.dictionary(field, fc.oneof(fc.jsonValue(), fc.dictionary(fc.string(), fc.jsonValue())));
    const body = fc.oneof(fc.uint8Array(), fc.oneof(strange, fc.array(strange)).map(bytesOf));
    fc.assert(
      fc.property(body, (bytes) => {
        expect(parseInstalledJson(bytes).value).toBeInstanceOf(Array);
        const { value, problems } = parseComposerJson(bytes);
        expect(value !== undefined || problems.length > 0).toBe(true);
      }),
    );
  });
});
