import { expect, it } from "vitest";
import { rebuildDifferenceWords } from "./rebuild-words.ts";

it.each([
  [{ field: "presence", rebased: "", rebuilt: "present" }, "only in the rebuilt image"],
  [{ field: "presence", rebased: "present", rebuilt: "" }, "only in the rebased image"],
  [{ field: "content", rebased: "sha256:1", rebuilt: "sha256:2" }, "other content"],
  [{ field: "xattrs", rebased: "", rebuilt: "a" }, "other extended attributes"],
  [{ field: "mode", rebased: "755", rebuilt: "644" }, "mode 755, rebuilt 644"],
  [{ field: "link", rebased: "", rebuilt: "x".repeat(40) }, `link none, rebuilt ${"x".repeat(23)}…`],
  [{ field: "value", rebased: "1", rebuilt: "2" }, "1, rebuilt 2"],
] as const)("says in words how the two differ: %j", (difference, words) => {
  expect(rebuildDifferenceWords(difference)).toBe(words);
});
