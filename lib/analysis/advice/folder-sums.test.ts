import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { maskOf } from "#lib/model/advice.ts";
import type { AdvisedFolder } from "#lib/model/advised-folders.ts";
import { ClaimList } from "./claims.ts";
import { sumFolders } from "./folder-sums.ts";

const CACHES = maskOf(["caches"]);
const TESTS = maskOf(["tests"]);
const FOLDERS = ["", "usr", "usr/lib", "usr/lib/a", "usr/lib/a/b", "usr/libexec", "var", "var/x/y"];
const arbitraryRows = fc.array(
  fc.record({
    folder: fc.nat(FOLDERS.length - 1),
    bytes: fc.integer({ min: 1, max: 100 }),
    mask: fc.constantFrom(0, CACHES, TESTS, CACHES | TESTS),
  }),
  { maxLength: 20 },
);
const claimsOf = (rows: readonly { folder: number; bytes: number; mask: number }[]) => {
  const list = new ClaimList();
  for (const [entry, { folder, bytes, mask }] of rows.entries()) list.add({ mask, bytes, layer: 0, entry, folder });
  return list.toClaims();
};
const sum = (parts: readonly AdvisedFolder[], key: "bytes" | "listed" | "selected") =>
  parts.reduce((total, part) => total + part[key], 0);

describe("what could go, by folder", () => {
  it("agrees, for each folder and those in it, with a sum over all files below", () => {
    fc.assert(
      fc.property(arbitraryRows, fc.constantFrom(...FOLDERS, "none"), (rows, path) => {
        const naive = (at: string) => {
          const below = rows.filter(({ folder }) => `${FOLDERS[folder]}/`.startsWith(at === "" ? "" : `${at}/`));
          const add = (found: typeof rows) => found.reduce((total, { bytes }) => total + bytes, 0);
          const listed = add(below.filter(({ mask }) => mask !== 0));
          return { bytes: add(below), listed, selected: add(below.filter(({ mask }) => (mask & CACHES) !== 0)) };
        };
        const found = sumFolders(claimsOf(rows), { folders: FOLDERS, path, selected: CACHES });
        expect(found).toMatchObject(naive(path));
        for (const part of found.folders.flatMap((each) => [each, ...each.parts])) {
          if (!part.files) expect(part).toMatchObject(naive(part.path));
        }
      }),
      { numRuns: 500 },
    );
  });

  it("adds up from level to level, with the files directly in a folder as a part of their own", () => {
    fc.assert(
      fc.property(arbitraryRows, (rows) => {
        const found = sumFolders(claimsOf(rows), { folders: FOLDERS, path: "", selected: TESTS });
        for (const key of ["bytes", "listed", "selected"] as const) {
          expect(sum(found.folders, key)).toBe(found[key]);
          for (const part of found.folders.filter(({ files }) => !files)) expect(sum(part.parts, key)).toBe(part[key]);
        }
      }),
    );
  });

  it("shows what is in a folder with nearly all bytes in place of it, so that usr is not all there is", () => {
    const claims = claimsOf([
      { folder: FOLDERS.indexOf("usr"), bytes: 3, mask: CACHES },
      { folder: FOLDERS.indexOf("usr/lib/a"), bytes: 50, mask: CACHES },
      { folder: FOLDERS.indexOf("usr/libexec"), bytes: 40, mask: CACHES },
      { folder: FOLDERS.indexOf("var/x/y"), bytes: 9, mask: CACHES },
    ]);
    const { folders } = sumFolders(claims, { folders: FOLDERS, path: "", selected: 0 });
    expect(folders.map(({ name, files, listed }) => [name, files, listed])).toEqual([
      ["usr/lib", false, 50],
      ["usr/libexec", false, 40],
      ["var", false, 9],
      ["usr", true, 3],
    ]);
  });

  it("does not take a folder for another whose name begins with its own", () => {
    const claims = claimsOf([
      { folder: FOLDERS.indexOf("usr/lib"), bytes: 5, mask: CACHES },
      { folder: FOLDERS.indexOf("usr/libexec"), bytes: 7, mask: 0 },
    ]);
    expect(sumFolders(claims, { folders: FOLDERS, path: "usr/lib", selected: 0 })).toMatchObject({
      bytes: 5,
      listed: 5,
    });
  });
});
