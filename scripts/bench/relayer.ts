import { existsSync } from "node:fs";
import { join } from "node:path";
import { readSet } from "#lib/moves/relayer/open-set.ts";
import type { RelayerPlan } from "#lib/moves/relayer/plan-file.ts";
import { MemberReader } from "#lib/moves/relayer/read-members.ts";
import { type RelayerWishes, relayer } from "#lib/moves/relayer/relayer.ts";
import { listSetUnits, type SetUnits } from "#lib/moves/relayer/set-units.ts";
import { openEnvironment } from "#lib/sources/environment.ts";
import { VERSION_NAMES, writeVersions } from "#testing/builders/successive-versions.ts";
import { leaveOut } from "#testing/run/leave-one-out.ts";
import { sharedData } from "#testing/run/shared-data.ts";
import { type Figure, seconds } from "./measure-run.ts";

const MINI = sharedData("fleet-mini/oci");
const APT = sharedData("fleet-apt/oci-zstd");
const common = {
  environment: openEnvironment({ baseDir: "/", hasStdin: false, allowed: "all" }),
  platform: "all",
  signal: new AbortController().signal,
} as const;

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;
const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
const run = (sources: readonly string[], wishes: Omit<RelayerWishes, "workDir">) =>
  relayer(sources, { ...common, ...wishes, workDir: "" });

/** Relayering real images: the bytes of a set, of an image that was left out of the plan, and of updates. */
export async function benchRelayer(folder: string): Promise<Figure[]> {
  if (MINI === undefined || APT === undefined) {
    return [{ what: "relayer: all figures", value: "not measured: no shared data", budget: "", within: undefined }];
  }
  const sources = [`oci:${MINI}`, `oci:${APT}`];
  const layout = join(folder, "bench-versions");
  if (!existsSync(layout)) await writeVersions(APT, layout);
  return [
    await benchSet("both fleets", sources, { maxLayers: 64 }, 0.8),
    await benchSet("both fleets", sources, { maxLayers: 127 }, undefined),
    await benchSet("both fleets, one time for all files", sources, { maxLayers: 127, mtime: 0 }, 0.95),
    await benchSet("fleet-mini", sources.slice(0, 1), { maxLayers: 127 }, 0.95),
    await benchSet("fleet-apt", sources.slice(1), { maxLayers: 127 }, 0.95),
    await benchLeftOut(sources),
    ...(await benchUpdates(layout)),
  ];
}

async function benchSet(
  set: string,
  sources: readonly string[],
  wishes: { readonly maxLayers: number; readonly mtime?: number },
  budget: number | undefined,
): Promise<Figure> {
  const start = performance.now();
  const { answer } = await run(sources, { goal: "set", ...wishes });
  const { before, after, fileBytes } = answer;
  const closed = (before.bytes - after.bytes) / (before.bytes - fileBytes);
  return {
    what: `relayer: ${set}, at most ${wishes.maxLayers} layers`,
    value: `${megabytes(before.bytes)} → ${megabytes(after.bytes)}, files ${megabytes(fileBytes)}: ${percent(closed)} of the gap; ${seconds(performance.now() - start)}`,
    budget: budget === undefined ? "" : `≥ ${percent(budget)}`,
    within: budget === undefined ? undefined : closed >= budget,
  };
}

async function benchLeftOut(sources: readonly string[]): Promise<Figure> {
  const { images } = await readSet(sources, new MemberReader(common), common);
  const set = listSetUnits(images);
  const left = images.map((_, at) => leaveOut(set, at, 64));
  const sum = (field: "bytes" | "fileBytes") => megabytes(left.reduce((total, each) => total + each[field], 0));
  return {
    what: "relayer: each image left out of the plan, then stored, Σ",
    value: `${sum("bytes")}; by file ${sum("fileBytes")}`,
    budget: "",
    within: undefined,
  };
}

async function benchUpdates(layout: string): Promise<Figure[]> {
  const sources = VERSION_NAMES.map((name) => `oci:${layout}:${name}`);
  const { images } = await readSet(sources, new MemberReader(common), common);
  const byFile = sumChanged(listSetUnits(images));
  const figures: Figure[] = [];
  for (const maxLayers of [64, 32, 16, 8]) figures.push(await benchUpdate(sources, maxLayers, byFile));
  return figures;
}

/** Bytes of the files that the version before does not have. */
function sumChanged({ units, table }: SetUnits): number {
  let sum = 0;
  for (let at = 1; at < units.length; at++) {
    const before = new Set(units[at - 1]!.units);
    for (const unit of units[at]!.units) if (!before.has(unit)) sum += table.bodyBytes(unit);
  }
  return sum;
}

async function benchUpdate(sources: readonly string[], maxLayers: number, byFile: number): Promise<Figure> {
  const sums = { built: 0, fresh: 0, kept: 0, all: 0 };
  let before: { readonly fresh: RelayerPlan; readonly kept: RelayerPlan } | undefined;
  for (const source of sources) {
    const fresh = await run([source], { goal: "update", maxLayers });
    const previous = before && { plan: before.kept, place: "plan" };
    const kept = await run([source], { goal: "update", maxLayers, previous });
    if (before !== undefined) {
      sums.built += kept.answer.before.bytes;
      sums.fresh += sumPulled(fresh.plan, before.fresh);
      sums.kept += kept.answer.pull!.bytes;
      sums.all += kept.answer.after.bytes;
    }
    before = { fresh: fresh.plan, kept: kept.plan };
  }
  const { built, fresh, kept, all } = sums;
  return {
    what: `relayer: six updates, at most ${maxLayers} layers: as built, new plans, the plan before`,
    value: `${megabytes(built)}, ${megabytes(fresh)}, ${megabytes(kept)}: ${percent(1 - kept / all)} reused; by file ${megabytes(byFile)}`,
    budget: maxLayers === 64 ? "less than new plans" : "no more than new plans",
    within: maxLayers === 64 ? kept < fresh : kept <= fresh,
  };
}

function sumPulled(plan: RelayerPlan, before: RelayerPlan): number {
  const known = new Set(before.layers.map(({ key }) => key));
  return plan.layers.filter(({ key }) => !known.has(key)).reduce((sum, { bytes }) => sum + bytes, 0);
}
