import { expect, it } from "vitest";
import { formatDelta, formatSaving } from "./delta.ts";

it("signs every difference, and says plainly when there is none", () => {
  expect(formatDelta(1536)).toBe("+1.5 KiB");
  expect(formatDelta(-1536)).toBe("−1.5 KiB");
  expect(formatDelta(0)).toBe("±0");
});

it("distinguishes a saving from a cost, and rounds neither to 0", () => {
  expect(formatSaving(75, 100)).toBe("−25.0%");
  expect(formatSaving(103, 100)).toBe("+3.0%");
  expect(formatSaving(100, 100)).toBe("±0%");
  expect(formatSaving(99_999, 100_000)).toBe("−<0.1%");
  expect(formatSaving(5, 0)).toBe("–");
});
