import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { RelayerAnswer } from "#lib/model/relayer-answer.ts";
import { openEnvironment } from "#lib/sources/environment.ts";
import { copyAsGzip } from "#testing/run/gzip-layout.ts";
import { leaveOut } from "#testing/run/leave-one-out.ts";
import { areInstalled, startRegistry } from "#testing/run/registry.ts";
import { sharedData } from "#testing/run/shared-data.ts";
import { canUnpack, differingNames, unpackImage } from "#testing/run/unpacked.ts";
import { parseTarget } from "../sink/image-target.ts";
import { planCut } from "./plan-cut.ts";
import { MemberReader } from "./read-members.ts";
import { type ReadSet, readSet } from "./read-set.ts";
import { type Relayered, type RelayerOptions, relayer } from "./relayer.ts";
import { listSetUnits } from "./set-units.ts";

const MINI = sharedData("fleet-mini/oci");
const APT = sharedData("fleet-apt/oci-zstd");
const MINI_NAMES = ["m-base", "m-base-old", "m-sqlite", "m-lua", "m-sqlite-lua", "m-lua-sqlite", "m-old-sqlite"];
const APT_NAMES = ["deb13", "deb13o", "t-nginx", "o-nginx"];

/** Figures from GNU tar and umoci. */
interface Truth {
  readonly images: Record<string, { readonly layers: readonly { readonly filebytes: number }[] }>;
}

/** Worked out with Python's tarfile, of both fleets together: bytes of the files in distinct layers, and of distinct contents. */
const IN_LAYERS = 298_108_313;
const CONTENTS = 154_910_168;
/** The same of files that are distinct by path, mode, owner, time and content, and without the time. */
const FILES = 174_598_432;
const FILES_AT_ANY_TIME = 159_329_672;

const folder = mkdtempSync(join(tmpdir(), "stratigraph-relayer-real-"));
afterAll(() => rmSync(folder, { recursive: true }));
const environment = openEnvironment({ baseDir: folder, hasStdin: false, allowed: "all" });
const common = { environment, platform: "all", signal: new AbortController().signal } as const;

describe.skipIf(MINI === undefined || APT === undefined)("fleet-mini and fleet-apt, relayered together", () => {
  const sources = [`oci:${MINI}`, `oci:${APT}`];
  const run = (options: Partial<RelayerOptions>) =>
    relayer(sources, { ...common, goal: "set", maxLayers: 64, ...options });
  let both: ReadSet;
  /** What `relayer` answers without a target, of images that were read once for all. */
  const planned = (maxLayers: number, images = both.images) =>
    planCut({ ...both, images }, { goal: "set", maxLayers }).answer;
  const closed = ({ before, after, fileBytes }: RelayerAnswer) =>
    (before.bytes - after.bytes) / (before.bytes - fileBytes);
  const layout = join(folder, "written");
  let written: Relayered;

  beforeAll(async () => {
    written = await run({ target: parseTarget(`oci:${layout}`, environment) });
    both = await readSet(sources, new MemberReader(common), common);
  }, 240_000);

  it("close 86 % of the gap between layers and files, which is all that exact trees allow", async () => {
    const { before, after, floorBytes, fileBytes } = written.answer;
    expect([before.bytes, floorBytes, fileBytes]).toEqual([IN_LAYERS, FILES, CONTENTS]);
    // No file is stored twice, so more layers could not store less.
    expect(after.bytes).toBe(FILES);
    expect(closed(written.answer)).toBeGreaterThan(0.86);
    expect(planned(127).after.bytes).toBe(FILES);
  });

  it("close 95 % of it in each fleet alone", () => {
    for (const names of [MINI_NAMES, APT_NAMES]) {
      const images = both.images.filter(({ image }) => names.includes(image.name));
      expect(images).toHaveLength(names.length);
      expect([names, closed(planned(127, images)) > 0.95]).toEqual([names, true]);
    }
  });

  it("close 95 % of it once equal files have equal times", async () => {
    const timed = await run({ maxLayers: 127, mtime: 0 });
    expect([timed.answer.after.bytes, timed.answer.floorBytes]).toEqual([FILES_AT_ANY_TIME, FILES_AT_ANY_TIME]);
    expect(closed(timed.answer)).toBeGreaterThan(0.95);
  });

  it("store little twice with a few layers, and no more with more of them", () => {
    let previous = IN_LAYERS;
    for (const maxLayers of [2, 4, 6, 8, 10]) {
      const answer = planned(maxLayers);
      expect(answer.after.bytes).toBeLessThanOrEqual(previous);
      for (const { layers } of answer.images) expect(layers.length).toBeLessThanOrEqual(maxLayers);
      previous = answer.after.bytes;
    }
    expect(previous).toBe(FILES);
  });

  it.skipIf(!canUnpack())(
    "have the trees that they had, in every attribute",
    async () => {
      const gzip = join(folder, "gzip");
      await copyAsGzip(APT!, gzip);
      for (const [at, name] of [...MINI_NAMES, ...APT_NAMES].entries()) {
        expect(written.answer.images[at]!.name).toBe(name);
        const before = unpackImage(at < MINI_NAMES.length ? MINI! : gzip, name, join(folder, `a-${name}`));
        const after = unpackImage(layout, name, join(folder, `b-${name}`));
        expect([name, differingNames(before, after)]).toEqual([name, []]);
        for (const tree of ["a", "b"]) rmSync(join(folder, `${tree}-${name}`), { recursive: true });
      }
    },
    300_000,
  );

  it.skipIf(!areInstalled("skopeo", "docker-registry"))(
    "are accepted by skopeo and a registry",
    async () => {
      const registry = await startRegistry();
      try {
        for (const name of [...MINI_NAMES, ...APT_NAMES]) {
          await registry.push(`oci:${layout}:${name}`, `${name}:new`);
          const options = ["inspect", "--tls-verify=false", `docker://${registry.host}/${name}:new`];
          const { Layers } = JSON.parse(execFileSync("skopeo", options, { encoding: "utf8" }));
          expect(Layers).toHaveLength(written.answer.images.find((image) => image.name === name)!.layers.length);
        }
      } finally {
        await registry.stop();
      }
    },
    240_000,
  );

  it("leave an image that the plan did not know with little to store", () => {
    const { images } = both;
    const set = listSetUnits(images);
    const truth = JSON.parse(readFileSync(sharedData("fleet-apt/truth.json")!, "utf8")) as Truth;
    for (const [at, { image }] of images.entries()) {
      const { bytes, fileBytes } = leaveOut(set, at, 64);
      expect(bytes).toBeGreaterThanOrEqual(fileBytes);
      // At most what the image alone has, and some 3 MB of groups that are nearly the same.
      expect([image.name, bytes - fileBytes < 3_000_000]).toEqual([image.name, true]);
      // Their layer on top is what a registry stores now.
      const upper = truth.images[image.name]?.layers[1]?.filebytes;
      if (upper !== undefined) expect(bytes).toBeLessThan(upper / 2);
    }
  });
});
