import { expect, it } from "vitest";
import { buildThreeImages } from "#testing/builders/answers.ts";
import { correlate } from "./correlate.ts";
import { clearOf, joinPath, placeCorrelation, ROW } from "./picture.ts";

it("draws what two of three images share on one base solid, past the third, which has the layer on another base", async () => {
  const { order, joins, groups } = placeCorrelation(correlate(buildThreeImages()), ROW);
  expect(order).toEqual([0, 2, 1]);
  expect(joins.map(({ kind, from, to }) => `${kind} ${from.column} ${to.column}`).toSorted()).toEqual([
    "chain 0 1",
    "chain 0 1",
    "like 1 2",
    "moved 1 2",
  ]);
  await expect(`${JSON.stringify(groups, null, 2)}\n`).toMatchFileSnapshot("goldens/three-images.json");
});

it("draws a band from edge to edge", () => {
  const end = { column: 0, stratum: 0 };
  const path = joinPath({ from: { ...end, top: 10, bottom: 20 }, to: { ...end, top: 30, bottom: 40 } }, 0, 100);
  expect(path).toBe("M0 10C50 10 50 30 100 30V40C50 40 50 20 0 20Z");
});

it("leaves a gap around a column that a band passes, and continues the band above a low one", () => {
  const passed = [
    { left: 30, right: 50, top: 40 },
    { left: 70, right: 90, top: -5 },
  ];
  expect(clearOf({ from: 0, to: 120, height: 100, passed })).toEqual([
    { x: 0, y: 0, width: 30, height: 100 },
    { x: 30, y: 0, width: 20, height: 40 },
    { x: 50, y: 0, width: 20, height: 100 },
    { x: 90, y: 0, width: 30, height: 100 },
  ]);
});
