import { expect, it } from "vitest";
import { buildPlan, buildPlanImage } from "#testing/builders/rebase-plans.ts";
import { countPulls, estimateDownload } from "./count-pulls.ts";

const rows = (...args: Parameters<typeof countPulls>) =>
  countPulls(...args).map(({ host, rebased, rebuilt }) => [host, rebased, rebuilt]);

it("counts the new base for a host with the image, and only what is new for one with both", () => {
  // Bases O and N of 1,000 bytes, layer a of 100 on each; half of each is downloaded.
  expect(rows(buildPlan("Oa", "O", "N", "Nb"), 0)).toEqual([
    ["image", 500, 550],
    ["both", 0, 50],
    ["nothing", 550, 550],
    ["store", 0, 50],
  ]);
});

it("adds the merge layer wherever something is pulled, and nothing for a rebuild that is not known", () => {
  expect(rows(buildPlan("Oa", "O", "N"), 7)).toEqual([
    ["image", 507, null],
    ["both", 7, null],
    ["nothing", 557, null],
    ["store", 7, null],
  ]);
});

it("counts a layer that both bases have, or that is there twice, once", () => {
  expect(rows(buildPlan("SOaa", "SO", "SN"), 0).map(([, rebased]) => rebased)).toEqual([500, 0, 1050, 0]);
});

it("does not know the sum if one download is not known", () => {
  const plan = buildPlan("Oa", "O", "N");
  const [base] = plan.to.layers;
  const unknown = { ...plan, to: { ...plan.to, layers: [{ ...base!, downloadSize: undefined }] } };
  expect(rows(unknown, 7).map(([, rebased]) => rebased)).toEqual([null, 7, null, 7]);
});

it("estimates the download of a tar by the image's own compression", () => {
  expect(estimateDownload(1000, buildPlanImage("Oa"))).toBe(500);
  const [layer] = buildPlanImage("a").layers;
  expect(estimateDownload(1000, { layers: [{ ...layer!, downloadSize: undefined }] })).toBe(1000);
  expect(estimateDownload(1000, { layers: [] })).toBe(1000);
});
