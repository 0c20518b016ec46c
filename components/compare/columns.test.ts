import { expect, it } from "vitest";
import type { OverlapAnswer } from "#lib/model/answer.ts";
import { buildLabel } from "#lib/testing/answers.ts";
import { overlapColumns } from "./columns.ts";

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
  likeness: [{ left: 0, right: 1, bands: [{ from: 0, to: 0, bytes: 50 }] }],
};

it("a closure that a band joins to an image is one block, another is divided into the overlap's cells", () => {
  expect(overlapColumns(answer).map(({ strata }) => strata.map(({ bytes }) => bytes))).toEqual([
    [70, 30],
    [100],
    [60, 40],
  ]);
  const apart = { ...answer, likeness: [{ left: 0, right: 1, bands: [] }] };
  expect(overlapColumns(apart).map(({ strata }) => strata.length)).toEqual([2, 2, 2]);
});
