import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { MAX_DEPENDENCY_LENGTH, MAX_WORLD, parseDependency, parseWorld, satisfiesApkVersion } from "./dependency.ts";
import {
  MAX_DATABASE_LENGTH,
  MAX_DECLARATIONS,
  MAX_FILES,
  MAX_NAME_LENGTH,
  MAX_PACKAGES,
  MAX_PATHS_LENGTH,
  parseInstalled,
} from "./installed.ts";
import { compareApkVersions } from "./version.ts";

describe("the order of apk versions", () => {
  // Each list ascends strictly; from apk-tools' own test/version.data.
  test.each([
    [["0.1.0_alpha", "0.1.0_alpha1", "0.1.0_alpha2"]],
    [["2.34_alpha", "2.34_beta", "2.34_pre1", "2.34_rc", "2.34_rc2", "2.34", "2.34-r1", "2.34_p1"]],
    [["1.2", "1.2-r0", "1.2-r1", "1.2_p1", "1.2a", "1.2.0"]],
    [["0.12.1", "0.12.11"]],
    [["1.0.3", "1.0.3a", "1.0.3b"]],
    [["1.005", "1.05", "1.1", "1.5", "1.10"]],
    [["3.4.3-r1", "3.4.3_git20231219-r0", "3.4.3_p1-r0"]],
    [["9", "10", "99999999999999999999", "100000000000000000000"]],
  ])("%j ascends", (versions) => {
    for (let i = 0; i < versions.length; i++) {
      for (let j = 0; j < versions.length; j++) {
        expect(Math.sign(compareApkVersions(versions[i]!, versions[j]!))).toBe(Math.sign(i - j));
      }
    }
  });
});

describe("dependencies", () => {
  test.each([
    ["musl", { name: "musl", operator: "", version: "", conflict: false }],
    ["alpine-baselayout-data=3.4.3-r1", { name: "alpine-baselayout-data", operator: "=", version: "3.4.3-r1" }],
    ["so:libc.musl-x86_64.so.1", { name: "so:libc.musl-x86_64.so.1", operator: "" }],
    ["/bin/sh", { name: "/bin/sh", operator: "" }],
    ["a>=1.2", { name: "a", operator: "=>", version: "1.2" }],
    ["a~1.2", { name: "a", operator: "~", version: "1.2" }],
    ["!uclibc-utils", { name: "uclibc-utils", conflict: true }],
    ["nginx@edge>1", { name: "nginx", operator: ">", version: "1" }],
    ["cmd:[=9.0-r1", { name: "cmd:[", operator: "=", version: "9.0-r1" }],
  ])("%s", (text, expected) => expect(parseDependency(text)).toMatchObject(expected));

  test.each([["="], [">1"], [""], ["a="], ["x".repeat(MAX_DEPENDENCY_LENGTH + 1)]])("%j is none", (text) => {
    expect(parseDependency(text)).toBeUndefined();
  });

  test.each([
    ["a", undefined, true],
    ["a=1", undefined, false],
    ["a=1.2-r0", "1.2-r0", true],
    ["a<2", "1.9", true],
    ["a<2", "2", false],
    ["a<=2", "2", true],
    ["a>1", "1", false],
    ["a>=1", "1", true],
    ["a~1.2", "1.2.3-r4", true],
    ["a~1.2", "1.20", false],
    ["a~1.2", "1.3", false],
  ])("%s by version %s: %s", (text, version, expected) => {
    expect(satisfiesApkVersion(version, parseDependency(text)!)).toBe(expected);
  });

  test("world words are dependencies; any other word is a problem; none after MAX_WORLD is read", () => {
    const { value, problems } = parseWorld("nginx\nphp82@edge  !bad\n=\n");
    expect(value.map(({ name }) => name)).toEqual(["nginx", "php82", "bad"]);
    expect(problems).toHaveLength(1);
    const many = parseWorld("a ".repeat(MAX_WORLD + 1));
    expect([many.value.length, many.problems[0]!.code]).toEqual([MAX_WORLD, "limit-exceeded"]);
  });
});

describe("the installed database", () => {
  test("a record has its package, dependencies, provided names, and files", () => {
    const text =
      "C:Q1\nP:zlib\nV:1.3-r0\nA:x86_64\nD:so:libc.so.1 !old\np:so:libz.so.1=1.3\nF:lib\nM:0:0:700\nR:libz.so.1\na:0:0:755\nF:usr/\nR:x\nF:\nR:top\n\n";
    const { value, problems } = parseInstalled(text);
    expect(problems).toEqual([]);
    expect(value).toMatchObject([
      {
        name: "zlib",
        version: "1.3-r0",
        arch: "x86_64",
        dependencies: [{ name: "so:libc.so.1" }, { name: "old", conflict: true }],
        provides: [{ name: "so:libz.so.1", version: "1.3" }],
        files: ["lib/libz.so.1", "usr/x", "top"],
      },
    ]);
  });

  test("damage is reported and loses only its own record", () => {
    const { value, problems } = parseInstalled(
      `asdf\n\nP:a\n\nV:1\n\nP:${"b".repeat(MAX_NAME_LENGTH + 1)}\nV:1\n\r\nP:c\r\nV:1\r\nD:=\r\n`,
    );
    expect(value.map(({ name }) => name)).toEqual(["c"]);
    expect(problems).toHaveLength(5);
  });

  test("records do not leak files into each other", () => {
    expect(parseInstalled("P:a\nV:1\nF:d\nR:x\n\nP:b\nV:1\nR:y\n").value.map(({ files }) => files)).toEqual([
      ["d/x"],
      ["y"],
    ]);
  });

  test.each([
    ["MAX_DATABASE_LENGTH", `P:a\nV:1\n${"\n".repeat(MAX_DATABASE_LENGTH)}`, 0],
    ["MAX_PACKAGES", "P:a\nV:1\n\n".repeat(MAX_PACKAGES + 1), MAX_PACKAGES],
    ["MAX_FILES", `P:a\nV:1\n${"R:x\n".repeat(MAX_FILES + 1)}`, 1],
    ["MAX_DECLARATIONS", `P:a\nV:1\nD:${"a ".repeat(8 * MAX_DECLARATIONS)}\n`, 1],
    ["MAX_PATHS_LENGTH", `P:a\nV:1\nF:${"d".repeat(2 ** 20)}\n${"R:x\n".repeat(MAX_PATHS_LENGTH / 2 ** 20)}`, 1],
  ])("the excess over %s is left out, and reported", (_, text, count) => {
    const { value, problems } = parseInstalled(text);
    expect(value).toHaveLength(count);
    expect(problems.map(({ code }) => code)).toEqual(["limit-exceeded"]);
  });

  test("no text makes it throw", () => {
    const piece = fc.constantFrom("P:", "V:", "F:", "R:", "D:", "a", "=", "\n", "\n\n", " ", "\r", "~", "1");
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join("")),
        ),
        (text) => {
          for (const { name, version } of parseInstalled(text).value) expect([name, version]).not.toContain("");
          for (const { name } of parseWorld(text).value) expect(name).not.toBe("");
        },
      ),
    );
  });
});
