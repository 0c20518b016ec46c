import { expect, it } from "vitest";
import type { FileChange } from "#lib/model/answer.ts";
import { chooseFileChanges, type FileFilter } from "./file-changes.ts";

const rows: FileChange[] = [
  { change: "content", path: "lib/libcrypto.so.3", leftBytes: 6_000_000, rightBytes: 6_000_128 },
  { change: "content", path: "var/templates.dat", leftBytes: 1000, rightBytes: 281_576 },
  { change: "metadata", path: "bin/su", leftBytes: 80_000, rightBytes: 80_000 },
  { change: "removed", path: "bin/old", leftBytes: 500, rightBytes: 0 },
];
const order = (filter: Partial<FileFilter> = {}) =>
  chooseFileChanges(rows, { changes: [], sort: "difference", direction: "desc", ...filter }).map(({ path }) => path);

it("puts the largest difference first, as the column shows it", () => {
  expect(order()).toEqual(["var/templates.dat", "bin/old", "lib/libcrypto.so.3", "bin/su"]);
  expect(order({ direction: "asc" })[0]).toBe("bin/su");
});

it("sorts by any column, and keeps to the chosen changes", () => {
  expect(order({ sort: "path", direction: "asc" })[0]).toBe("bin/old");
  expect(order({ sort: "left" })[0]).toBe("lib/libcrypto.so.3");
  expect(order({ changes: ["metadata", "removed"], sort: "right" })).toEqual(["bin/su", "bin/old"]);
});
