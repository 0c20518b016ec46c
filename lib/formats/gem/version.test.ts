import { execFileSync, spawnSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseGemRequirement, toGemTest } from "./requirement.ts";
import { compareGemVersions, isGemVersion, MAX_GEM_VERSION_LENGTH, toGemVersion } from "./version.ts";

const hasRuby = spawnSync("ruby", ["-rrubygems", "-rjson", "-e", "0"]).status === 0;
const PAIRS = 800;

const anyVersion = fc
  .tuple(
    fc.constantFrom("0", "1", "2", "01", "10", "99999999999999999999"),
    fc.array(
      fc.constantFrom(".0", ".1", ".2", ".10", ".00", ".a", ".rc", ".B", ".rc1", ".1b2", "-1", "-beta", "-x.0", "-0"),
      {
        maxLength: 5,
      },
    ),
  )
  .map(([first, parts]) => first + parts.join(""))
  .filter(isGemVersion);
const OPERATORS = ["=", "!=", ">=", "<=", "~>", ">", "<", ""];

function compare(a: string, b: string): number {
  return Math.sign(compareGemVersions(toGemVersion(a), toGemVersion(b)));
}

function isMet(version: string, requirement: string): boolean {
  return toGemTest(parseGemRequirement(requirement)!)(toGemVersion(version));
}

function askRuby<T>(program: string, input: unknown): T {
  const code = `values = JSON.parse(STDIN.read)\nputs JSON.generate(values.map { |a, b| ${program} })`;
  return JSON.parse(execFileSync("ruby", ["-rjson", "-e", code], { input: JSON.stringify(input), encoding: "utf8" }));
}

describe("the order of gem versions", () => {
  it("puts words before numbers and before the end, and compares numbers by value", () => {
    const versions = ["0.a", "0", "1.0.a.2", "1.0.b1", "1.0.rc10", "1", "1.0.1", "1.9", "1.10", "2-rc", "2"];
    for (const [i, a] of versions.entries())
      for (const [j, b] of versions.entries()) expect([a, b, compare(a, b)]).toEqual([a, b, Math.sign(i - j)]);
  });

  it.each([
    ["1", "1.0.0"],
    ["1.0.0.a", "1.a"],
    ["1.01", "1.1"],
    ["1-a", "1.pre.a"],
  ])("takes %s and %s for equal", (a, b) => {
    expect(compare(a, b)).toBe(0);
  });

  it.each(["", "a", "1.", "1..2", "1 2", ".1", "1_2", "1".repeat(MAX_GEM_VERSION_LENGTH + 1)])("%j is none", (text) => {
    expect(isGemVersion(text)).toBe(false);
  });

  it.skipIf(!hasRuby)(`equals RubyGems' own for ${PAIRS} random pairs (needs ruby)`, () => {
    const pairs = fc.sample(fc.tuple(anyVersion, anyVersion), { numRuns: PAIRS, seed: 7 });
    const theirs = askRuby<number[]>("Gem::Version.new(a) <=> Gem::Version.new(b)", pairs);
    expect(pairs.map(([a, b]) => compare(a, b))).toEqual(theirs);
    expect(new Set(theirs)).toEqual(new Set([-1, 0, 1]));
  });
});

describe("a requirement", () => {
  it.each([
    ["1.2.9", "~> 1.2.3", true],
    ["1.3", "~> 1.2.3", false],
    ["1.3.a", "~> 1.2.3", false],
    ["1.9", "~> 1.2", true],
    ["1.2.rc1", "~> 1.2", false],
    ["1.2.rc2", "~> 1.2.rc1", true],
    ["2", "1", false],
    ["1.0", "1", true],
    ["1.0", "!= 1", false],
  ])("%s meets %s: %s", (version, requirement, expected) => {
    expect(isMet(version, requirement)).toBe(expected);
  });

  it.each(["", ">=", "=> 1", "~> a", ">= 1, < 2", `>= ${"1".repeat(200)}`])("%j is none", (text) => {
    expect(parseGemRequirement(text)).toBeUndefined();
  });

  it.skipIf(!hasRuby)(`is met as RubyGems says, for ${PAIRS} random pairs (needs ruby)`, () => {
    const anyRequirement = fc.tuple(fc.constantFrom(...OPERATORS), anyVersion).map(([sign, text]) => `${sign} ${text}`);
    const pairs = fc.sample(fc.tuple(anyVersion, anyRequirement), { numRuns: PAIRS, seed: 8 });
    const theirs = askRuby<boolean[]>("Gem::Requirement.new(b).satisfied_by?(Gem::Version.new(a))", pairs);
    expect(pairs.map(([version, requirement]) => isMet(version, requirement))).toEqual(theirs);
    expect(theirs.filter(Boolean).length).toBeGreaterThan(PAIRS / 5);
  });
});
