import { expect, it } from "vitest";
import type { Stratum } from "#lib/model/column.ts";
import { mergeOldest, mergeSmallest } from "./merge-strata.ts";

const strata: Stratum[] = Array.from({ length: 1000 }, (_, position) => ({
  position,
  diffId: `sha256:${position}`,
  bytes: (position * 7919) % 1009,
  wastedSize: position % 3,
  createdBy: `RUN ${position}`,
  imageCount: 2,
}));
const total = (list: readonly Stratum[]) => list.reduce((sum, { bytes }) => sum + bytes, 0);

it("draws a thousand layers with a few shapes, without losing bytes", () => {
  const merged = mergeSmallest(strata, 48);
  expect(merged.length).toBeLessThanOrEqual(48);
  expect(total(merged)).toBe(total(strata));
  expect(Math.max(...merged.filter(({ upTo }) => upTo === undefined).map(({ bytes }) => bytes))).toBe(1008);
  expect(merged.map(({ position }) => position)).toEqual(
    merged.map(({ position }) => position).toSorted((a, b) => a - b),
  );
});

it("keeps the newest layers apart and draws all older ones as one", () => {
  const merged = mergeOldest(strata, 127);
  expect(merged).toHaveLength(128);
  expect([merged[0]!.position, merged[0]!.upTo, merged[1]!.position]).toEqual([0, 872, 873]);
  expect(total(merged)).toBe(total(strata));
});

it("leaves an ordinary image alone", () => {
  expect(mergeSmallest(strata.slice(0, 48), 48)).toEqual(strata.slice(0, 48));
  expect(mergeOldest(strata.slice(0, 127), 127)).toEqual(strata.slice(0, 127));
});
