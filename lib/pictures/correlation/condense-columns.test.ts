import { expect, it } from "vitest";
import type { PictureColumn } from "./columns.ts";
import { condenseColumns } from "./condense-columns.ts";

/** A column of `count` layers of one byte; those from `own` up are in no other column. */
function column(count: number, own: number, name: string): PictureColumn {
  const strata = Array.from({ length: count }, (_, i) => {
    const key = i < own ? `${i}` : `${name} ${i}`;
    return { key, place: `chain ${key}`, bytes: 1, wasted: 0, colour: "red", title: key };
  });
  return { bytes: count, strata };
}

it("draws the lowest layers of two long columns as one shared layer", () => {
  const picture = { order: [0, 1], columns: [column(1000, 900, "a"), column(1000, 900, "b")], likeness: [] };
  const { columns } = condenseColumns(picture);
  const [left, right] = columns.map(({ strata }) => strata);
  expect([left!.length, right!.length]).toEqual([127, 127]);
  expect(left![0]).toEqual(right![0]);
  expect(left!.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(1000);
  expect(left![0]).toMatchObject({ bytes: 874, place: "chain 873" });
});

it("joins similar layers at the strata that represent them", () => {
  const likeness = [
    { column: 0, from: 3, to: 4, bytes: 10 },
    { column: 0, from: 5, to: 6, bytes: 20 },
    { column: 0, from: 999, to: 999, bytes: 30 },
  ];
  const condensed = condenseColumns({ order: [0, 1], columns: [column(1000, 0, "a"), column(1000, 0, "b")], likeness });
  expect(condensed.likeness).toEqual([
    { column: 0, from: 0, to: 0, bytes: 30 },
    { column: 0, from: 126, to: 126, bytes: 30 },
  ]);
});

it("bounds a picture of many columns, and leaves ordinary ones alone", () => {
  const many = { order: [], columns: Array.from({ length: 32 }, (_, i) => column(127, 100, `${i}`)), likeness: [] };
  const drawn = condenseColumns(many).columns.reduce((sum, { strata }) => sum + strata.length, 0);
  expect(drawn).toBeLessThanOrEqual(1200);
  const usual = { order: [1, 0], columns: [column(20, 5, "a"), column(12, 5, "b")], likeness: [] };
  expect(condenseColumns(usual)).toEqual(usual);
});
