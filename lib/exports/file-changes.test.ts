import { expect, it } from "vitest";
import type { FileChange } from "#lib/model/answer.ts";
import { buildFileChange } from "#testing/builders/answers.ts";
import { chooseFileChanges, type FileFilter } from "./file-changes.ts";

const rows: FileChange[] = [
  buildFileChange("content", "lib/libcrypto.so.3", [6_000_000, 6_000_128]),
  buildFileChange("content", "var/templates.dat", [1000, 281_576]),
  buildFileChange("metadata", "bin/su", [80_000, 80_000]),
  buildFileChange("removed", "bin/old", [500, null]),
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
