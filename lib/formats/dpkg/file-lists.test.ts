import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { MAX_LIST_PATHS, parseConffiles, parseDiversions, parseFileList, parseMd5sums } from "./file-lists.ts";

describe("lists of files", () => {
  test("paths are relative to the root, and the root is left out", () => {
    expect(parseFileList("/.\n/usr\n/usr/bin/a b\n/etc/\n\n/.hidden\r\n").value).toEqual([
      "usr",
      "usr/bin/a b",
      "etc",
      ".hidden",
    ]);
  });

  test("md5sums have the file after the sum; a line without one is a problem", () => {
    const { value, problems } = parseMd5sums("07d31e7e63800ab1b7966980709c51eb  usr/lib/os-release\nusr/lib/x\n");
    expect(value).toEqual(["usr/lib/os-release"]);
    expect(problems.map(({ message }) => message)).toEqual(["line 2 names no file"]);
  });

  test("conffiles may be flagged (deb-conffiles(5))", () => {
    expect(parseConffiles("/etc/a\nremove-on-upgrade /etc/b\n").value).toEqual(["etc/a", "etc/b"]);
  });

  test("paths after MAX_LIST_PATHS are left out, and reported", () => {
    const { value, problems } = parseFileList("/a\n".repeat(MAX_LIST_PATHS + 2));
    expect(value).toHaveLength(MAX_LIST_PATHS);
    expect(problems.map(({ code }) => code)).toEqual(["limit-exceeded"]);
  });
});

describe("diversions", () => {
  test("are triples; a colon for a package moves every package's file", () => {
    expect(parseDiversions("/bin/sh\n/bin/sh.distrib\ndash\n/a\n/b\n:\n").value).toEqual([
      { path: "bin/sh", divertedTo: "bin/sh.distrib", package: "dash" },
      { path: "a", divertedTo: "b", package: "" },
    ]);
  });

  test("a truncated end is a problem, and the records before it are kept", () => {
    const { value, problems } = parseDiversions("/a\n/b\nc\n/d\n");
    expect([value.length, problems.length]).toEqual([1, 1]);
  });
});

test("no text makes the parsers throw or name a path from the root", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom("/", ".", "a", "\n", "\r", " ", "0") }), (text) => {
      for (const parse of [parseFileList, parseConffiles, parseMd5sums]) {
        for (const path of parse(text).value) expect(path).toMatch(/^[^/]/);
      }
      for (const { path } of parseDiversions(text).value) expect(path.startsWith("/")).toBe(false);
    }),
  );
});
