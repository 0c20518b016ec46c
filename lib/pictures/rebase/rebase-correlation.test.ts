import { expect, it } from "vitest";
import type { RebasePlan } from "#lib/model/rebase-plan.ts";
import { buildPlan } from "#testing/builders/rebase-plans.ts";
import { findJoins } from "../correlation/joins.ts";
import { placeCorrelation } from "../correlation/picture.ts";
import { rebaseCorrelation } from "./rebase-correlation.ts";
import { placeTexts } from "./rebase-texts.ts";

/** `moved 0.1 → 1.1`: the joins of a picture. */
function joins(plan: RebasePlan, ...more: [Parameters<typeof rebaseCorrelation>[1]?]): string[] {
  return findJoins(rebaseCorrelation(plan, more[0]).columns)
    .map(({ kind, from, to }) => `${kind} ${from.column}.${from.stratum} → ${to.column}.${to.stratum}`)
    .sort();
}

it("moves the image's own layers onto the new base, which a rebuild shares", () => {
  expect(joins(buildPlan("Oa", "O", "N", "Nb"))).toEqual(["chain 1.0 → 2.0", "moved 0.1 → 1.1"]);
});

it("shares all layers with a rebuild that has equal ones", () => {
  expect(joins(buildPlan("Oab", "O", "N", "Nab"))).toEqual([
    "chain 1.0 → 2.0",
    "chain 1.1 → 2.1",
    "chain 1.2 → 2.2",
    "moved 0.1 → 1.1",
    "moved 0.2 → 1.2",
  ]);
});

it("joins an equal layer above a different one as stored again, even in the same position", () => {
  expect(joins(buildPlan("Oab", "O", "N", "Nxb"))).toContain("moved 1.2 → 2.2");
});

it("has two columns without a rebuilt image, and the merge layer on top of the second", () => {
  const { columns } = rebaseCorrelation(buildPlan("Oa", "O", "N"), { bytes: 30, fileCount: 2 });
  expect(columns.map(({ bytes }) => bytes)).toEqual([1100, 1130]);
  expect(columns[1]!.strata.map(({ key }) => key)).toEqual(["N", "a", "merge"]);
});

it("draws the files that two layers have in common from the old base to the new, and from own layers to rebuilt ones", () => {
  const plan = {
    ...buildPlan("Oa", "O", "N", "Nb"),
    likeBase: [
      { from: 0, to: 0, bytes: 800 },
      { from: 1, to: 0, bytes: 5 },
    ],
    likeRebuilt: [
      { from: 0, to: 0, bytes: 800 },
      { from: 1, to: 1, bytes: 60 },
    ],
  };
  expect(rebaseCorrelation(plan, undefined).likeness).toEqual([
    { column: 0, from: 0, to: 0, bytes: 800 },
    { column: 1, from: 1, to: 1, bytes: 60 },
  ]);
});

it("names the bases and the thick bands, and leaves thin ones without words", () => {
  const plan = buildPlan("Oa", "O", "N", "Nb");
  const picture = placeCorrelation(rebaseCorrelation(plan, undefined), { height: 320, margin: 0 });
  expect(placeTexts(picture, plan).map(({ words, bytes }) => `${words} ${bytes}`)).toEqual([
    "O 1000 B",
    "N 1000 B",
    "N 1000 B",
    "same layer 100 B",
    "stored once 1000 B",
  ]);
  const flat = placeCorrelation(rebaseCorrelation(plan, undefined), { height: 60, margin: 0 });
  expect(placeTexts(flat, plan).map(({ words }) => words)).not.toContain("same layer");
});
