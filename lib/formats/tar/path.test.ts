import { posix } from "node:path";
import fc from "fast-check";
import { expect, it } from "vitest";
import { MAX_PATH_BYTES, MAX_PATH_DEPTH } from "./limits.ts";
import { normalisePath } from "./path.ts";

const normalise = (path: string) => {
  const { path: bytes, escapes } = normalisePath(Buffer.from(path, "latin1"));
  return [Buffer.from(bytes).toString("latin1"), escapes];
};

it.each([
  ["", "", false],
  [".", "", false],
  ["./", "", false],
  ["/", "", false],
  ["./a", "a", false],
  ["././a/", "a", false],
  ["/a/b//", "a/b", false],
  ["a//b/./c", "a/b/c", false],
  ["a/.", "a", false],
  ["a/../b", "b", false],
  ["a/..", "", false],
  ["..", "", true],
  ["../etc/passwd", "etc/passwd", true],
  ["/a/../../b", "b", true],
  [".a/..b/...", ".a/..b/...", false],
])("reads %j as %j", (written, path, escapes) => {
  expect(normalise(written)).toEqual([path, escapes]);
});

it("agrees with the platform's own path arithmetic under a root", () => {
  const parts = fc.array(fc.constantFrom("a", "b.c", ".", "..", "", "...", ".x"), { maxLength: 12 });
  fc.assert(
    fc.property(parts, (list) => {
      const written = list.join("/");
      expect(normalise(written)[0]).toBe(posix.resolve("/", `./${written}`).slice(1));
    }),
  );
});

it("enforces its limits: path bytes", () => {
  expect(normalise("a".repeat(MAX_PATH_BYTES))[0]).toHaveLength(MAX_PATH_BYTES);
  expect(() => normalise("a".repeat(MAX_PATH_BYTES + 1))).toThrow(/4097 bytes/);
  expect(() => normalise("a".repeat(100_000))).toThrow(/100000 bytes/);
});

it("enforces its limits: path depth", () => {
  const deep = (depth: number) => Array(depth).fill("d").join("/");
  expect(normalise(deep(MAX_PATH_DEPTH))[0]).toBe(deep(MAX_PATH_DEPTH));
  expect(() => normalise(deep(MAX_PATH_DEPTH + 1))).toThrow(/deeper/);
  expect(() => normalise(deep(MAX_PATH_DEPTH + 1).replace("/", "//"))).toThrow(/deeper/);
});
