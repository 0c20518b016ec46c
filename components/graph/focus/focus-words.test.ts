import { expect, it } from "vitest";
import { sizeClasses } from "#lib/analysis/focus/size-classes.ts";
import { classWords, shareWords } from "./focus-words.ts";

const wordsOf = (unit: number) => sizeClasses(unit).map((each) => classWords({ ...each, count: 0 }, "bytes"));

it("names both bounds of a class in one unit", () => {
  expect(wordsOf(1024)).toEqual(["≥ 64 KiB", "16–64 KiB", "4–16 KiB", "2–4 KiB", "1–2 KiB", "< 1 KiB"]);
  expect(wordsOf(128 * 1024)[2]).toBe("0.5–2 MiB");
  expect(wordsOf(512).slice(-3)).toEqual(["1–2 KiB", "0.5–1 KiB", "< 512 B"]);
});

it("never calls a share of something nothing", () => {
  expect([shareWords(1, 1_000_000), shareWords(7, 100), shareWords(1, 1)]).toEqual([
    "under 0.1% of all",
    "7.0% of all",
    "100% of all",
  ]);
});
