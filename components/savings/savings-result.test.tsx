import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import type { SavingsAnswer } from "#lib/model/answer.ts";
import { buildLabel, buildRungFigure, buildSavingsAnswer } from "#testing/builders/answers.ts";
import { MarginalTable } from "./marginal-table.tsx";
import { Penalty } from "./penalty.tsx";

const plain = buildSavingsAnswer();

it("draws no closure in a picture about layers", () => {
  const closure = { ...buildLabel("a-store", "e", []), kind: "closure" as const, byteCount: 900 };
  const answer: SavingsAnswer = {
    ...plain,
    artifacts: [closure, ...plain.artifacts],
    orderPenalty: 70,
    penalisedLayers: plain.penalisedLayers.map((layer) => ({
      ...layer,
      places: [{ artifact: 1, position: 0, chainId: "sha256:00" }],
    })),
  };
  const html = renderToStaticMarkup(<Penalty answer={answer} names={["a-store", "one", "two"]} />);
  expect(html).not.toContain("a-store");
  expect(html).toContain("one");
  expect(html).toContain("two");
});

it("draws all added costs of an artifact on one scale, whatever the rung", () => {
  const rungs = [
    buildRungFigure("chain", { bytes: 1000, units: 1, marginal: [1000] }),
    buildRungFigure("file", { bytes: 10, units: 1, marginal: [10] }),
  ];
  const html = renderToStaticMarkup(<MarginalTable rungs={rungs} names={["one"]} />);
  expect(html).toContain("width:100%");
  expect(html).toContain("width:1%");
});
