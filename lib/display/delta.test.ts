import { expect, it } from "vitest";
import { formatChange, formatDelta } from "./delta.ts";

it("signs every difference, and says plainly when there is none", () => {
  expect(formatDelta(1536)).toBe("+1.5 KiB");
  expect(formatDelta(-1536)).toBe("−1.5 KiB");
  expect(formatDelta(0)).toBe("±0");
});

it("distinguishes a saving from a cost, and rounds neither to 0", () => {
  expect(formatChange(-0.25)).toBe("−25.0%");
  expect(formatChange(0.03)).toBe("+3.0%");
  expect(formatChange(0)).toBe("±0%");
  expect(formatChange(-0.00001)).toBe("−<0.1%");
});
