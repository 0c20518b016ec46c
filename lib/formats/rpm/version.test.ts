import { execFileSync, spawnSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type RpmDependency, satisfiesRpm } from "./dependency.ts";
import { compareRpmVersions, splitEvr } from "./version.ts";

const hasRpm = spawnSync("rpm", ["--version"]).status === 0;
/** Debian's python3-rpm is for Debian's Python, which may not be the first on the PATH. */
const PYTHON = "/usr/bin/python3";
const hasPython = spawnSync(PYTHON, ["-c", "import rpm"]).status === 0;
const PAIRS = 600;

const anyVersion = fc
  .array(fc.constantFrom("0", "1", "2", "10", "010", "a", "b", "rc", "Z", "~", "^", ".", "_", "+", "é"), {
    maxLength: 7,
  })
  .map((parts) => parts.join(""));

describe("the order of rpm's versions", () => {
  it.each([
    [["1.0~rc1", "1.0~rc2", "1.0", "1.0^git1", "1.0^git2", "1.0.1", "1.1", "1.10"]],
    [["1.0~~", "1.0~", "1.0~1", "1.0", "1.0^", "1.0^1~", "1.0^1", "1.0a", "1.0.1"]],
    [["a", "b", "1", "2", "10", "99999999999999999999", "100000000000000000000"]],
    [["fc4", "fc33", "fc.33.1"]],
  ])("%j ascends", (versions) => {
    for (const [i, a] of versions.entries())
      for (const [j, b] of versions.entries())
        expect([a, b, compareRpmVersions(a, b)]).toEqual([a, b, Math.sign(i - j)]);
  });

  it.each([
    ["1.0", "1_0"],
    ["1.05", "1.5"],
    ["1..0", "1.0."],
    ["", "."],
  ])("%j equals %j", (a, b) => {
    expect(compareRpmVersions(a, b)).toBe(0);
  });

  it.skipIf(!hasRpm)(`equals rpm's own for ${PAIRS} random pairs (needs rpm on the PATH)`, () => {
    const anyText = anyVersion.filter((text) => text !== "");
    const pairs = fc.sample(fc.tuple(anyText, anyText), { numRuns: PAIRS, seed: 7 });
    const calls = pairs.map(([a, b]) => `io.write(rpm.vercmp("${a}", "${b}"), " ")`).join("\n");
    const theirs = execFileSync("rpm", ["--eval", `%{lua: ${calls}}`], { encoding: "utf8" });
    expect(pairs.map(([a, b]) => compareRpmVersions(a, b))).toEqual(theirs.trim().split(" ").map(Number));
    expect(new Set(theirs.trim().split(" "))).toEqual(new Set(["-1", "0", "1"]));
  });
});

describe("a version with epoch and release", () => {
  it.each([
    ["1.0", { epoch: "", version: "1.0", release: "" }],
    ["2:1.0-3.fc40", { epoch: "2", version: "1.0", release: "3.fc40" }],
    [":1-2", { epoch: "0", version: "1", release: "2" }],
    ["1-2-3", { epoch: "", version: "1-2", release: "3" }],
    ["a:1", { epoch: "", version: "a:1", release: "" }],
    ["", { epoch: "", version: "", release: "" }],
  ])("%s", (text, expected) => expect(splitEvr(text)).toEqual(expected));
});

const capability = (sense: number, version: string): RpmDependency => ({ name: "x", sense, version });
const [LESS, GREATER, EQUAL] = [2, 4, 8];

describe("a provided capability satisfies a requirement", () => {
  it.each([
    ["without a version", capability(0, ""), capability(GREATER | EQUAL, "2"), true],
    ["of any version", capability(EQUAL, "1-1"), capability(0, ""), true],
    ["whose release is not asked for", capability(EQUAL, "2-7"), capability(EQUAL, "2"), true],
    ["but not of a greater version than its own", capability(EQUAL, "2-7"), capability(GREATER, "2"), false],
    ["without a release, for every release", capability(EQUAL, "2"), capability(GREATER, "2-7"), true],
    ["with its release", capability(EQUAL, "2-7"), capability(LESS, "2-8"), true],
    ["with its epoch", capability(EQUAL, "1:1-1"), capability(GREATER, "2"), true],
    ["not with another epoch", capability(EQUAL, "1-1"), capability(GREATER | EQUAL, "1:0"), false],
    ["with an epoch of 0", capability(EQUAL, "0:1-1"), capability(EQUAL, "1-1"), true],
    ["by an overlap of two ranges", capability(LESS, "2"), capability(GREATER, "1"), true],
  ])("%s", (_, provided, wanted, expected) => expect(satisfiesRpm(provided, wanted)).toBe(expected));

  it.skipIf(!hasPython)(`exactly if rpm says so, for ${PAIRS} random pairs (needs Debian's python3-rpm)`, () => {
    const anyEvr = fc
      .tuple(
        fc.constantFrom("", "0:", "1:", "2:"),
        fc.constantFrom("1", "1.0", "1~rc", "1^g", "2", "2.1"),
        fc.constantFrom("", "-1", "-1.fc40", "-2"),
      )
      .map((parts) => parts.join(""));
    const anySide = fc.tuple(fc.constantFrom(0, LESS, GREATER, EQUAL, LESS | EQUAL, GREATER | EQUAL), anyEvr);
    const sides = fc.sample(fc.tuple(anySide, anySide), { numRuns: PAIRS, seed: 7 });
    const program = `import json, rpm, sys
ds = lambda side, kind: rpm.ds(("x", side[0], side[1] if side[0] else ""), kind)
print(json.dumps([bool(ds(p, "Provides").Compare(ds(r, "Requires"))) for p, r in json.load(sys.stdin)]))`;
    const theirs = JSON.parse(
      execFileSync(PYTHON, ["-c", program], { input: JSON.stringify(sides), encoding: "utf8" }),
    );
    const ours = sides.map(([a, b]) => satisfiesRpm(capability(a[0], a[1]), capability(b[0], b[1])));
    expect(ours).toEqual(theirs);
    expect(new Set(theirs)).toEqual(new Set([true, false]));
  });
});
