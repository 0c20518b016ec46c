import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { matchesWorkspace } from "./workspace-pattern.ts";

/** The same by a regular expression, which takes exponential time for some patterns. */
function naiveMatch(pattern: string, path: string): boolean {
  const parts = pattern.split("/").filter((part) => part !== "");
  const source = parts.map((part) =>
    part === "**" ? "(?:[^/]+/)*" : `${part.replace(/[.]/g, "\\.").replaceAll("*", "[^/]*")}/`,
  );
  return new RegExp(`^${source.join("")}$`).test(path === "" ? "" : `${path}/`);
}

describe("a pattern of workspaces", () => {
  it.each([
    ["packages/*", "packages/a", true],
    ["packages/*", "packages/a/b", false],
    ["./packages/*/", "packages/a", true],
    ["packages/**", "packages/a/b", true],
    ["apps/web", "apps/web", true],
    ["apps/web", "apps/webs", false],
    ["apps/*-[x]", "apps/a-[x]", true],
    ["**/plug*in", "a/b/plug-in", true],
    ["*", "a", true],
    ["*", "a/b", false],
  ])("%s means %s: %s", (pattern, path, expected) => {
    expect(matchesWorkspace(pattern, path)).toBe(expected);
  });

  it("means what a regular expression of it means", () => {
    const part = fc.string({ unit: fc.constantFrom("a", "b", "*", "."), minLength: 1, maxLength: 4 });
    const name = fc.string({ unit: fc.constantFrom("a", "b"), minLength: 1, maxLength: 4 });
    const pattern = fc.array(
      part.filter((text) => text !== "."),
      { maxLength: 5 },
    );
    fc.assert(
      fc.property(pattern, fc.array(name, { maxLength: 5 }), (parts, names) => {
        const [text, path] = [parts.join("/"), names.join("/")];
        expect(matchesWorkspace(text, path)).toBe(naiveMatch(text, path));
      }),
      { numRuns: 5000 },
    );
  });

  it("of many stars takes no exponential time", () => {
    expect(matchesWorkspace(`${"*a".repeat(500)}b`, "a".repeat(4000))).toBe(false);
    expect(matchesWorkspace(`${"**/a/".repeat(200)}b`, "a/".repeat(1000))).toBe(false);
  });
});
