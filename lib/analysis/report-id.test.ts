import { expect, it } from "vitest";
import { buildDiffAnswer, buildRungFigure, buildSavingsAnswer } from "#testing/builders/answers.ts";
import { toReportId } from "./report-id.ts";

it("is the same for the same question, whatever the artifacts' current names", () => {
  const answer = buildDiffAnswer("x");
  const renamed = {
    ...answer,
    artifacts: answer.artifacts.map((artifact) => ({ ...artifact, name: "other" })) as never,
  };
  expect(toReportId(answer, 1)).toMatch(/^[a-z2-7]{24}$/);
  expect(toReportId(renamed, 1)).toBe(toReportId(answer, 1));
});

it("changes once files are cut into chunks: the same digests then give another answer", () => {
  const answer = buildSavingsAnswer();
  const cut = buildRungFigure("chunk", { bytes: 30, units: 20, marginal: [0, 0] });
  expect(toReportId({ ...answer, rungs: [...answer.rungs, cut] }, 1)).not.toBe(toReportId(answer, 1));
});

it("changes once a store's files are read: similarity is then by file", () => {
  const answer = buildDiffAnswer("x");
  const alike = [{ left: 0, right: 1, bands: [{ from: 0, to: 0, bytes: 7 }] }];
  expect(toReportId({ ...answer, likeness: alike }, 1)).not.toBe(toReportId({ ...answer, likeness: [] }, 1));
});

it("changes with contents, order, question and engine", () => {
  const answer = buildDiffAnswer("x");
  const [left, right] = answer.artifacts;
  const ids = [
    toReportId(answer, 1),
    toReportId(answer, 2),
    toReportId({ ...answer, artifacts: [right, left] }, 1),
    toReportId({ ...answer, artifacts: [left, { ...right, digest: left.digest }] }, 1),
    toReportId({ ...buildSavingsAnswer(), artifacts: answer.artifacts }, 1),
  ];
  expect(new Set(ids).size).toBe(ids.length);
});
