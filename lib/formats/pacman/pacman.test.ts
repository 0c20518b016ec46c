import { spawnSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { askPython, hasPython } from "#testing/run/python.ts";
import { parsePacmanDependency, satisfiesPacmanVersion } from "./dependency.ts";
import { parsePacmanDesc, parsePacmanFiles } from "./index.ts";
import { comparePacmanVersions } from "./version.ts";

const VERCMP = `
import ctypes, ctypes.util, json, sys
alpm = ctypes.CDLL(ctypes.util.find_library("alpm"))
pairs = json.load(sys.stdin)
sign = lambda n: (n > 0) - (n < 0)
print(json.dumps([sign(alpm.alpm_pkg_vercmp(a.encode(), b.encode())) for a, b in pairs]))
`;
const hasPacman = hasPython && spawnSync("pacman", ["--version"]).status === 0;

const part = fc.constantFrom("0", "1", "01", "10", "9", "a", "b", "rc", "1a", ".", "..", "_", "+", "-", ":", "~");
const versions = fc.array(part, { maxLength: 8 }).map((parts) => parts.join(""));
const KNOWN = [
  "1.5-1",
  "1.5",
  "1:1.0",
  "1.0a",
  "1.0b",
  "1.0beta",
  "1.0p",
  "1.0pre",
  "1.0rc",
  "1.0",
  "1.0.a",
  "1.0.1",
  "0:1.0",
];

describe("the order of versions", () => {
  it("is that of vercmp(8)'s examples", () => {
    const older = KNOWN.slice(3, 12);
    expect(older.toSorted(comparePacmanVersions)).toEqual(older);
    expect([comparePacmanVersions("1.5-1", "1.5"), comparePacmanVersions("1:1.0", "2.0")]).toEqual([0, 1]);
  });

  it.skipIf(!hasPacman)("is that of libalpm, for random pairs (needs pacman)", () => {
    const random = fc.sample(fc.tuple(versions, versions), { numRuns: 5000, seed: 7 });
    const pairs = [...KNOWN.flatMap((a) => KNOWN.map((b) => [a, b] as [string, string])), ...random];
    const truth = askPython<number[]>(VERCMP, pairs);
    const ours = pairs.map(([a, b]) => Math.sign(comparePacmanVersions(a, b)));
    expect(pairs.filter((_, i) => ours[i] !== truth[i])).toEqual([]);
    expect(truth.filter((order) => order !== 0).length).toBeGreaterThan(3000);
  });
});

it.each([
  ["a", undefined, true],
  ["a", "1", true],
  ["a>=1", undefined, false],
  ["a>=1.0", "1.0-3", true],
  ["a>1.0", "1.0-3", false],
  ["a<2", "1:1", false],
  ["a<=2", "2", true],
  ["a=1-2", "1-3", false],
  ["liba.so=1-64", "1-64", true],
])("%s is satisfied by version %s: %s", (text, version, expected) => {
  expect(satisfiesPacmanVersion(version, parsePacmanDependency(text)!)).toBe(expected);
});

it("a description has a name, a version, and what it needs and provides", () => {
  const text =
    "%NAME%\nx\n\n%VERSION%\n1:2-3\n\n%ARCH%\nany\n\n%REASON%\n1\n\n%DEPENDS%\na>=1\n=\nb\n\n%PROVIDES%\nx.so=1-64\n\n%NAME%\ny\n";
  const { value, problems } = parsePacmanDesc(text);
  expect(value).toMatchObject({ name: "x", version: "1:2-3", arch: "any", isExplicit: false });
  expect([value!.depends, value!.provides].map((words) => words.map(({ name }) => name))).toEqual([
    ["a", "b"],
    ["x.so"],
  ]);
  expect(problems.map(({ message }) => message)).toEqual(['"=" is not a dependency']);
});

it("a description without a name is none, and says so", () => {
  expect(parsePacmanDesc("%NAME%\n\n%VERSION%\n1\n")).toMatchObject({ value: undefined, problems: [{}] });
  expect(parsePacmanDesc("")).toMatchObject({ value: undefined, problems: [{}] });
});

it("a list of files has no directories, and ends before the configuration files", () => {
  const text = "%FILES%\netc/\netc/x y\nusr/bin/x\n\n%BACKUP%\netc/x y\t00\n";
  expect(parsePacmanFiles(text)).toEqual({ value: ["etc/x y", "usr/bin/x"], problems: [] });
});
