import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import type { SavingsAnswer } from "#lib/model/answer.ts";
import { buildLabel, buildSavingsAnswer } from "#testing/builders/answers.ts";
import { MarginalTable } from "./marginal-table.tsx";
import { Penalty } from "./penalty.tsx";

const plain = buildSavingsAnswer();

it("draws no closure where layers are what the picture is about", () => {
  const closure = { ...buildLabel("a-store", "e", []), kind: "closure" as const, byteCount: 900 };
  const answer: SavingsAnswer = {
    ...plain,
    artifacts: [closure, ...plain.artifacts],
    orderPenalty: 70,
    penalised: [{ diffId: "sha256:00", contentSize: 70, penalty: 70, places: [{ artifact: 1, position: 0 }] }],
  };
  const html = renderToStaticMarkup(<Penalty answer={answer} names={["a-store", "one", "two"]} />);
  expect(html).not.toContain("a-store");
  expect(html).toContain("one");
  expect(html).toContain("two");
});

it("holds all that an artifact adds to one scale, whatever the rung", () => {
  const marginal: SavingsAnswer["marginal"] = [
    {
      artifact: 0,
      rungs: [
        { rung: "chain", bytes: 1000 },
        { rung: "file", bytes: 10 },
      ],
    },
  ];
  const html = renderToStaticMarkup(<MarginalTable answer={{ ...plain, marginal }} names={["one"]} />);
  expect(html).toContain("width:100%");
  expect(html).toContain("width:1%");
});
