import { expect, it } from "vitest";
import type { OverlapAnswer } from "#lib/model/answer.ts";
import { buildLabel } from "#testing/builders/answers.ts";
import { likeBands, overlapColumns } from "./columns.ts";

const closure = (name: string, letter: string) => ({
  ...buildLabel(name, letter, []),
  kind: "closure" as const,
  byteCount: 100,
});
const answer: Pick<OverlapAnswer, "artifacts" | "cells" | "likeness"> = {
  artifacts: [buildLabel("image", "a", [70, 30]), closure("store", "b"), closure("other", "c")],
  cells: [
    { in: [1, 2], bytes: 60, units: 2 },
    { in: [1], bytes: 40, units: 1 },
    { in: [2], bytes: 40, units: 1 },
  ],
  likeness: [
    { left: 0, right: 1, bands: [{ from: 0, to: 0, bytes: 50 }] },
    { left: 1, right: 2, bands: [{ from: 0, to: 0, bytes: 60 }] },
  ],
};

it("closures are one block each where an image beside one has files of it, and bands join them all", () => {
  expect(overlapColumns(answer).map(({ strata }) => strata.map(({ bytes }) => bytes))).toEqual([
    [70, 30],
    [100],
    [100],
  ]);
  expect(likeBands(answer).map(({ column, bytes }) => [column, bytes])).toEqual([
    [0, 50],
    [1, 60],
  ]);
});

it("else they are divided into the overlap's cells, which say what they have in common", () => {
  const apart = { ...answer, likeness: [{ left: 0, right: 1, bands: [] }, answer.likeness![1]!] };
  expect(overlapColumns(apart).map(({ strata }) => strata.length)).toEqual([2, 2, 2]);
  expect(likeBands(apart)).toEqual([]);
});
