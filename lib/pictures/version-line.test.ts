import { describe, expect, it } from "vitest";
import { placeVersionLine } from "./version-line.ts";

const sized = (...sizes: (number | null)[]) => sizes.map((size) => ({ size, changes: null }));

describe("the line of a name's versions", () => {
  it("has one step for each version, and a gap where a size is not known", () => {
    const { placed, path } = placeVersionLine(sized(50, null, 100, 100));
    expect(placed.map(({ x }) => x)).toEqual([12.5, 37.5, 62.5, 87.5]);
    expect(placed.map(({ y }) => y === undefined)).toEqual([false, true, false, false]);
    expect(path.match(/M/g)).toHaveLength(2);
    expect(placed[2]!.y).toBeLessThan(placed[0]!.y!);
  });

  it("begins at zero, unless the sizes differ by little", () => {
    expect(placeVersionLine(sized(10, 100)).start).toBe(0);
    const { start, marks, placed } = placeVersionLine(sized(1000, 1040));
    expect(start).toBeGreaterThan(0);
    expect(start).toBeLessThan(1000);
    expect(marks[0]).toEqual({ size: start, y: 100 });
    for (const { y } of placed) expect(y).toSatisfy((at: number) => at > 0 && at < 100);
  });

  it("draws equal, empty and unknown sizes without dividing by zero", () => {
    for (const sizes of [[], [0, 0], [7, 7], [null]]) {
      const { placed, path } = placeVersionLine(sized(...sizes));
      expect(path).not.toMatch(/NaN|Infinity/);
      for (const { y } of placed) if (y !== undefined) expect(y).toSatisfy((at: number) => at >= 0 && at <= 100);
    }
  });

  it("puts all bars on one scale", () => {
    const { placed, mostChanges } = placeVersionLine([
      { size: 1, changes: { added: 3, removed: 8, changed: 1 } },
      { size: 1, changes: { added: 0, removed: 0, changed: 2 } },
    ]);
    expect(mostChanges).toBe(8);
    expect(placed.map(({ added, changed, removed }) => [added, changed, removed])).toEqual([
      [37.5, 12.5, 100],
      [0, 25, 0],
    ]);
  });
});
