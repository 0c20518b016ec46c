import { describe, expect, it } from "vitest";
import { barAxis } from "./bar-axis.ts";

const MIB = 1024 ** 2;

describe("an axis for bars", () => {
  it("ends at the largest bar if sizes are similar", () => {
    expect(barAxis([10 * MIB, 30 * MIB, 25 * MIB]).end).toBe(30 * MIB);
  });

  it("ends at the round number above nine in ten if one is far larger", () => {
    const usual = Array.from({ length: 19 }, (_, i) => (i + 1) * MIB);
    const { end, marks } = barAxis([...usual, 900 * MIB]);
    expect(end).toBe(20 * MIB);
    expect(marks).toEqual([5, 10, 15, 20].map((mebibytes) => mebibytes * MIB));
  });

  it("accepts no bars, and bars of 0 bytes", () => {
    expect(barAxis([])).toEqual({ end: 1, marks: [] });
    expect(barAxis([0, 0, 5]).end).toBe(5);
  });
});
