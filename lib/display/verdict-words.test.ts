import { expect, it } from "vitest";
import type { CheckedPart, Finding, FindingWeight, RebaseAnswer } from "#lib/model/rebase-answer.ts";
import { groupFindings, sortParts, verdictReason, weightCounts } from "./verdict-words.ts";

const finding = (weight: FindingWeight, message = "") =>
  ({ kind: "type-flip", weight, path: "bin", layer: 1, evidence: "", message }) satisfies Finding;

const part = (check: CheckedPart["check"], ...findings: Finding[]): CheckedPart => {
  return { check, scope: "", findings, before: [] };
};

function answer(verdict: RebaseAnswer["verdict"], parts: readonly CheckedPart[], mergedCount = 0): RebaseAnswer {
  const side = (name: string) => ({ name, digest: `sha256:${"0".repeat(64)}` as RebaseAnswer["image"]["digest"] });
  const merged = Array.from({ length: mergedCount }, (_, i) => ({ path: `${i}`, byteCount: 1 }));
  const sides = { image: side("app"), from: side("old"), to: side("new") };
  return { ...sides, platform: "linux/amd64", verdict, parts, layers: [], merged, pullBytes: 0 };
}

it("gives the reason with names and counts", () => {
  expect(verdictReason(answer("safe", []), "new")).toBe(
    "Everything that the image needs is in new, and its layers move as they are.",
  );
  expect(verdictReason(answer("needs merge", [part("packages", finding("merges"))], 1), "new")).toContain(
    "1 file has to be merged",
  );
  expect(verdictReason(answer("needs merge", [part("packages", finding("merges"))], 2), "new")).toContain(
    "2 files have to be merged",
  );
});

it("names the first finding that blocks, and how many others do", () => {
  const blocks = (message: string) => finding("blocks", message);
  expect(verdictReason(answer("rebuild", [part("types", blocks("One."))]), "new")).toBe("One.");
  expect(verdictReason(answer("rebuild", [part("types", blocks("One."), blocks("Two."))]), "new")).toBe(
    "One. 1 other finding also blocks it.",
  );
  const three = [part("types", blocks("One."), finding("note")), part("users", blocks("Two."), blocks("Three."))];
  expect(verdictReason(answer("rebuild", three), "new")).toBe("One. 2 other findings also block it.");
});

it("lists checks that need a decision before those that are good to know and those that found nothing", () => {
  const parts = [
    part("base"),
    part("configuration", finding("note")),
    part("packages", finding("note"), finding("merges")),
    part("types", finding("blocks")),
    part("users"),
  ];
  expect(sortParts(parts).map(({ check }) => check)).toEqual(["types", "packages", "configuration", "base", "users"]);
});

it("counts what blocks even if nothing does, and the rest only if there is some", () => {
  expect(weightCounts([])).toBe("none blocks");
  const parts = [
    part("types", finding("blocks"), finding("blocks")),
    part("users", finding("merges"), finding("note")),
  ];
  expect(weightCounts(parts)).toBe("2 findings block · 1 merged · 1 to know");
});

it("groups findings by kind and weight, what blocks first", () => {
  const note = { ...finding("note", "a note"), kind: "setting-kept" as const };
  const [one, other] = [finding("blocks", "one"), finding("blocks", "other")];
  const lighter = finding("note", "lighter");
  expect(groupFindings([note, one, lighter, other])).toEqual([[one, other], [note], [lighter]]);
  expect(groupFindings([])).toEqual([]);
});
