import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { InputError } from "#lib/model/problem.ts";
import { openEnvironment } from "#lib/sources/environment.ts";
import { VERSION_NAMES, writeVersions } from "#testing/builders/successive-versions.ts";
import { sharedData } from "#testing/run/shared-data.ts";
import { type PlannedCut, planCut } from "./plan-cut.ts";
import { formatPlan, parsePlan, type RelayerPlan } from "./plan-file.ts";
import { MemberReader } from "./read-members.ts";
import { type ReadSet, readSet } from "./read-set.ts";
import { relayer } from "./relayer.ts";
import { compareUpdates } from "./updates.ts";

const APT = sharedData("fleet-apt/oci-zstd");
const folder = mkdtempSync(join(tmpdir(), "stratigraph-updates-"));
afterAll(() => rmSync(folder, { recursive: true }));
const environment = openEnvironment({ baseDir: folder, hasStdin: false, allowed: "all" });

/** Bytes of the layers that the plan before does not have. */
function pulled(plan: RelayerPlan, before: RelayerPlan): number {
  const known = new Set(before.layers.map(({ key }) => key));
  return plan.layers.filter(({ key }) => !known.has(key)).reduce((sum, { bytes }) => sum + bytes, 0);
}

describe.skipIf(APT === undefined)("seven successive versions of an image", () => {
  const layout = join(folder, "versions");
  const sources = VERSION_NAMES.map((name) => `oci:${layout}:${name}`);
  const options = { environment, platform: "all", signal: new AbortController().signal } as const;
  let versions: ReadSet;

  /** What `relayer` answers without a target for one version, of versions that were read once for all. */
  const run = (name: string, maxLayers: number, previous?: RelayerPlan) => {
    const images = [versions.images[VERSION_NAMES.indexOf(name)]!];
    return planCut(
      { ...versions, images },
      {
        goal: "update",
        maxLayers,
        // As it would be read from its file.
        previous: previous && { plan: parsePlan(Buffer.from(formatPlan(previous)), "plan"), place: "plan" },
      },
    );
  };

  beforeAll(async () => {
    await writeVersions(APT!, layout);
    versions = await readSet(sources, new MemberReader(options), options);
  }, 240_000);

  it("are compared when they are relayered, as for a page", async () => {
    const { answer } = await relayer(sources, { ...options, goal: "update", maxLayers: 64 });
    expect(answer.updates).toHaveLength(VERSION_NAMES.length - 1);
    expect(answer.updates).toEqual(compareUpdates(versions, 64));
  }, 300_000);

  it("re-pull fewer bytes with the plan before than with new ones, and far fewer than as they were built", () => {
    for (const maxLayers of [64, 16]) {
      let [fresh, kept]: (RelayerPlan | undefined)[] = [];
      const updates: object[] = [];
      const sums = { built: 0, fresh: 0, kept: 0, all: 0 };
      for (const name of VERSION_NAMES) {
        const alone: PlannedCut = run(name, maxLayers);
        const after: PlannedCut = run(name, maxLayers, kept);
        if (fresh !== undefined && kept !== undefined) {
          sums.fresh += pulled(alone.plan, fresh);
          sums.kept += pulled(after.plan, kept);
          // Base and nginx, both with another status: no layer is the same.
          sums.built += after.answer.before.bytes;
          sums.all += after.answer.after.bytes;
          expect(after.answer.pull?.bytes).toBe(pulled(after.plan, kept));
          updates.push({
            built: after.answer.before.bytes,
            fresh: pulled(alone.plan, fresh),
            kept: pulled(after.plan, kept),
            total: after.answer.after.bytes,
          });
        }
        for (const { answer } of [alone, after]) expect(answer.images[0]!.layers.length).toBeLessThanOrEqual(maxLayers);
        [fresh, kept] = [alone.plan, after.plan];
      }
      const together = compareUpdates(versions, maxLayers);
      expect(together).toMatchObject(updates);
      expect(together.map(({ to }) => to)).toEqual(VERSION_NAMES.slice(1).map((name) => `versions:${name}`));
      for (const { files, fresh: whole, kept: least } of together)
        expect(files).toBeLessThanOrEqual(Math.min(whole, least));
      expect(sums.kept).toBeLessThan(sums.fresh);
      expect(sums.kept).toBeLessThan(sums.built / (maxLayers === 64 ? 20 : 8));
      expect(1 - sums.kept / sums.all).toBeGreaterThan(maxLayers === 64 ? 0.96 : 0.89);
    }
  }, 300_000);

  it("cannot be continued from a plan for a set, or from anything else", () => {
    const { plan } = run("v0", 8);
    expect(() => run("v1", 8, { ...plan, goal: "set" })).toThrow(InputError);
    for (const text of ["", "{}", "[]", formatPlan(plan).replace('"version": 1', '"version": 2')]) {
      expect(() => parsePlan(Buffer.from(text), "plan")).toThrow(InputError);
    }
    expect(formatPlan(parsePlan(Buffer.from(formatPlan(plan)), "plan"))).toBe(formatPlan(plan));
  });
});
