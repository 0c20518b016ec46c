import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatBytes, formatCount, formatCounted, formatExactBytes, formatShare } from "./bytes.ts";

describe("formatBytes", () => {
  it.each([
    [0, "0 B"],
    [1, "1 B"],
    [1023, "1023 B"],
    [1024, "1.0 KiB"],
    [24_536_122, "23.4 MiB"],
    [5 * 1024 ** 3, "5.0 GiB"],
    [-2048, "−2.0 KiB"],
  ])("writes %d as %s", (bytes, text) => expect(formatBytes(bytes)).toBe(text));

  it("rolls over to the next unit before the figure would read 1024.0", () => {
    expect(formatBytes(1024 * 1024 - 1)).toBe("1.0 MiB");
  });

  it("never grows wider than nine characters, so that columns stay aligned", () => {
    fc.assert(
      fc.property(fc.nat({ max: Number.MAX_SAFE_INTEGER }), (bytes) => {
        expect(formatBytes(bytes).length).toBeLessThanOrEqual(10);
        expect(formatBytes(bytes)).toMatch(/^\d{1,4}(\.\d)? [KMGTP]?i?B$/);
      }),
    );
  });
});

it("shows exact bytes with separators and the right plural", () => {
  expect(formatExactBytes(24_536_122)).toBe("24,536,122 bytes");
  expect(formatExactBytes(1)).toBe("1 byte");
  expect(formatCount(1234)).toBe("1,234");
  const written = new Intl.NumberFormat("en-US");
  for (const count of [0, 7, 999, 1000, -1000, -999, 12_345, 123_456, 9_999_999, Number.MAX_SAFE_INTEGER])
    expect(formatCount(count)).toBe(written.format(count));
  expect(formatCounted(1, "layer")).toBe("1 layer");
  expect(formatCounted(2, "dependency", "dependencies")).toBe("2 dependencies");
});

it("does not round a small share to nothing or a large one to everything", () => {
  expect(formatShare(1, 1_000_000)).toBe("<0.1%");
  expect(formatShare(999_999, 1_000_000)).toBe(">99.9%");
  expect(formatShare(0, 10)).toBe("0%");
  expect(formatShare(10, 10)).toBe("100%");
  expect(formatShare(1, 0)).toBe("–");
});
