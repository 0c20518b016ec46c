import { existsSync } from "node:fs";
import { join } from "node:path";
import { MemberReader } from "#lib/moves/relayer/read-members.ts";
import { type ReadSet, readSet } from "#lib/moves/relayer/read-set.ts";
import { type RelayerWishes, relayer } from "#lib/moves/relayer/relayer.ts";
import { listSetUnits } from "#lib/moves/relayer/set-units.ts";
import { compareUpdates } from "#lib/moves/relayer/updates.ts";
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
const run = (sources: readonly string[], wishes: RelayerWishes) => relayer(sources, { ...common, ...wishes });

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
  const { before, after, floorBytes, fileBytes } = answer;
  const closed = (before.bytes - after.bytes) / (before.bytes - fileBytes);
  const shared = (before.bytes - after.bytes) / (before.bytes - floorBytes);
  return {
    what: `relayer: ${set}, at most ${wishes.maxLayers} layers`,
    value: `${megabytes(before.bytes)} → ${megabytes(after.bytes)}, files ${megabytes(fileBytes)}: ${percent(closed)} of the gap, ${percent(shared)} of what layers can share; ${seconds(performance.now() - start)}`,
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
  const set = await readSet(sources, new MemberReader(common), common);
  return [64, 32, 16, 8].map((maxLayers) => benchUpdate(set, maxLayers));
}

function benchUpdate(set: ReadSet, maxLayers: number): Figure {
  const updates = compareUpdates(set, maxLayers);
  const sum = (field: "built" | "fresh" | "kept" | "total" | "files") =>
    updates.reduce((total, update) => total + update[field], 0);
  const [fresh, kept] = [sum("fresh"), sum("kept")];
  return {
    what: `relayer: six updates, at most ${maxLayers} layers: as built, new plans, the plan before`,
    value: `${megabytes(sum("built"))}, ${megabytes(fresh)}, ${megabytes(kept)}: ${percent(1 - kept / sum("total"))} reused; by file ${megabytes(sum("files"))}`,
    budget: maxLayers === 64 ? "less than new plans" : "no more than new plans",
    within: maxLayers === 64 ? kept < fresh : kept <= fresh,
  };
}
