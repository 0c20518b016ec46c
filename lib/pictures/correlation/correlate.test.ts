import { expect, it } from "vitest";
import type { OverlapAnswer } from "#lib/model/answer.ts";
import { buildLabel, buildOverlapAnswer, buildSavingsAnswer } from "#testing/builders/answers.ts";
import { correlate } from "./correlate.ts";

const closure = (name: string, letter: string) => ({
  ...buildLabel(name, letter, []),
  kind: "closure" as const,
  byteCount: 100,
});
const answer: OverlapAnswer = {
  ...buildOverlapAnswer(0),
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

it("draws closures as one block each if a neighbouring image shares files with one, and joins them all with bands", () => {
  const { columns, likeness } = correlate(answer);
  expect(columns.map(({ strata }) => strata.map(({ bytes }) => bytes))).toEqual([[70, 30], [100], [100]]);
  expect(likeness.map(({ column, bytes }) => [column, bytes])).toEqual([
    [0, 50],
    [1, 60],
  ]);
});

it("otherwise divides them into the overlap's intersections, which show what they share", () => {
  const { columns, likeness } = correlate({
    ...answer,
    likeness: [{ left: 0, right: 1, bands: [] }, answer.likeness[1]!],
  });
  expect(columns.map(({ strata }) => strata.length)).toEqual([2, 2, 2]);
  expect(likeness).toEqual([]);
});

it("loses no byte of a closure with more intersections than are drawn, and joins none of the rest", () => {
  const artifacts = [closure("store", "b"), closure("other", "c")];
  const many = Array.from({ length: 50 }, (_, i) => ({ in: [0, 1, 2 + i], bytes: 2, units: 1 }));
  const { columns } = correlate({
    ...answer,
    artifacts: [...artifacts, ...many.map((_, i) => closure(`${i}`, "d"))],
    cells: many,
    likeness: [],
  });
  const [first, second] = columns.filter(({ strata }) => strata.length > 1);
  expect(first!.strata.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(100);
  expect(first!.strata.at(-1)!.key).not.toBe(second!.strata.at(-1)!.key);
});

it("leaves closures out of a ladder's picture, because they have no order penalty", () => {
  const savings = buildSavingsAnswer();
  const artifacts = [closure("store", "b"), ...savings.artifacts];
  expect(correlate({ ...savings, artifacts }).order.toSorted()).toEqual([1, 2]);
});
