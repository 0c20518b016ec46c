import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { FileNode } from "#lib/model/file-tree.ts";
import { InputError, UsageError } from "#lib/model/problem.ts";
import { openEnvironment } from "#lib/sources/environment.ts";
import { buildDockerArchive } from "#testing/builders/image-archive.ts";
import { buildRebaseSides } from "#testing/builders/rebase-sides.ts";
import { buildTar, type TarMember } from "#testing/builders/tar.ts";
import { listLimits } from "#testing/run/list-limits.ts";
import { checkUsers } from "./rebase/check-users.ts";
import { judgeRebase, MAX_FINDINGS } from "./rebase/judge.ts";
import { openSide } from "./rebase/open-side.ts";
import { DPKG, MAX_COMPARED_PATHS, withinBudget } from "./rebase/packages/ecosystem.ts";
import { LoadedSymbols, MAX_SYMBOL_LOOKUPS } from "./rebase/programs/loaded-symbols.ts";
import type { MovedTree } from "./rebase/sides.ts";
import { openSet } from "./relayer/image-sets.ts";
import { LayerFamily } from "./relayer/layer-family.ts";
import { MAX_PLAN_BYTES, parsePlan } from "./relayer/plan-file.ts";
import { MAX_RELAYERED_IMAGES } from "./relayer/read-set.ts";
import { relayer } from "./relayer/relayer.ts";
import { MAX_UNITS, UnitTable } from "./relayer/unit-table.ts";
import type { ImageSink } from "./sink/image-sink.ts";
import { parseTarget } from "./sink/image-target.ts";
import { writeImages } from "./sink/write-images.ts";

const folder = mkdtempSync(join(tmpdir(), "stratigraph-move-limits-"));
afterAll(() => rmSync(folder, { recursive: true }));
const environment = openEnvironment({ baseDir: folder, hasStdin: false, allowed: "all" });
const { signal } = new AbortController();
const tools = { environment, signal };

let count = 0;
function writeImage(name: string, members: readonly TarMember[]): string {
  const path = join(folder, `${count++}.tar`);
  writeFileSync(path, buildDockerArchive([buildTar(members)], { name }));
  return `docker-archive:${path}`;
}

const relayerAll = (sources: readonly string[], more = {}) =>
  relayer(sources, { ...tools, platform: "all", goal: "set", maxLayers: 8, ...more });

/** Images without layers, one for each variant of a platform. */
const addVariants = (sink: ImageSink, howMany: number) =>
  Promise.all(
    Array.from({ length: howMany }, (_, i) => {
      const config = { os: "linux", architecture: "arm", variant: `v${i}` };
      return sink.addImage({ config, layers: [] });
    }),
  );

const writeLayout = (name: string, write: (sink: ImageSink) => Promise<void>) =>
  writeImages(parseTarget(`oci:${name}`, environment), tools, write);

/** Each limit at its maximum, and beyond it. */
const DRIVEN: Readonly<Record<string, () => void | Promise<void>>> = {
  "moves/rebase/check-users.ts MAX_NAMED": async () => {
    const passwd = (...names: string[]) => ({
      path: "etc/passwd",
      body: ["root", ...names].map((name, i) => `${name}:x:${i}:${i}::/:/bin/sh\n`).join(""),
    });
    const evidenceFor = async (...added: string[]) => {
      const sides = await buildRebaseSides({
        oldBase: { layers: [[passwd()]] },
        newBase: { layers: [[passwd(...added)]] },
        image: { layers: [[{ ...passwd(), mode: 0o600 }]] },
      });
      return checkUsers(sides).findings.map(({ evidence }) => evidence);
    };
    expect((await evidenceFor("a", "b", "c")).join()).toContain("hides a, b, c of the new base");
    expect((await evidenceFor("a", "b", "c", "d")).join()).toContain("hides a, b, c and 1 more of the new base");
  },
  "moves/rebase/judge.ts MAX_FINDINGS": async () => {
    const layer = (body: string) =>
      Array.from({ length: MAX_FINDINGS + 1 }, (_, i) => ({ path: `opt/${i}`, body: `${body}${i}` }));
    const sides = await buildRebaseSides({
      oldBase: { layers: [layer("old")] },
      newBase: { layers: [layer("new")] },
      image: { layers: [layer("own")] },
    });
    const cut = judgeRebase(sides).parts.filter(({ unlisted = 0 }) => unlisted > 0);
    expect(cut.map(({ findings, unlisted }) => [findings.length, unlisted])).toEqual([[MAX_FINDINGS, 1]]);
  },
  "moves/rebase/open-side.ts MAX_NAMED": async () => {
    await writeLayout("names", async (sink) => {
      const images = await addVariants(sink, 21);
      for (const [i, image] of images.entries()) sink.name(`image-${i}`, image);
    });
    const opening = openSide("oci:names", "all", tools);
    await expect(opening).rejects.toBeInstanceOf(UsageError);
    expect(((await opening.catch((error) => error)) as UsageError).candidates).toHaveLength(20);
  },
  "moves/rebase/open-side.ts MAX_PLATFORMS": async () => {
    for (const howMany of [64, 65])
      await writeLayout(`index-${howMany}`, async (sink) => {
        sink.name("index", await sink.addIndex(await addVariants(sink, howMany)));
      });
    expect((await openSide("oci:index-64", "all", tools)).images).toHaveLength(64);
    await expect(openSide("oci:index-65", "all", tools)).rejects.toThrow("oci:index-65 has more than 64 platforms");
  },
  "moves/rebase/packages/ecosystem.ts MAX_COMPARED_PATHS": () => {
    const listed = { listFiles: () => new Array<string>(MAX_COMPARED_PATHS / 2) };
    const { listFiles } = withinBudget({ ...DPKG, ...listed });
    const list = () => listFiles({} as MovedTree, {} as never)?.length;
    expect([list(), list(), list(), list()]).toEqual([
      MAX_COMPARED_PATHS / 2,
      MAX_COMPARED_PATHS / 2,
      undefined,
      undefined,
    ]);
  },
  "moves/rebase/programs/loaded-symbols.ts MAX_SYMBOL_LOOKUPS": () => {
    const packed = { imports: "", exports: "known\0", isCut: false };
    const tree = { found: { loads: [] }, symbolsOf: () => packed } as unknown as MovedTree;
    const file = { body: { layer: 0, entry: 0 } } as FileNode;
    const symbols = new LoadedSymbols(tree);
    for (let i = 0; i < MAX_SYMBOL_LOOKUPS; i++) symbols.definerOf(file, "missing");
    expect(symbols.isKnown(file)).toBe(true);
    symbols.definerOf(file, "missing");
    expect(symbols.isKnown(file)).toBe(false);
  },
  "moves/relayer/describe-cut.ts MAX_NAMED_GROUPS": async () => {
    const members = ["a", "b", "c", "d"].map((name, i) => ({ path: `${name}/file`, body: "x".repeat(i + 1) }));
    const { answer } = await relayerAll([writeImage("groups:1", members)], { maxLayers: 1 });
    expect(answer.cut.map(({ groups }) => groups)).toEqual([
      { count: 4, largest: ["unowned:d", "unowned:c", "unowned:b"] },
    ]);
  },
  "moves/relayer/image-units.ts MAX_LINKS": async () => {
    const chain = (length: number): TarMember[] => [
      { path: "link-0", type: "2", link: "target" },
      ...Array.from({ length }, (_, i) => ({ path: `link-${i + 1}`, type: "1", link: `link-${i}` })),
    ];
    await relayerAll([writeImage("links:40", chain(40))]);
    await expect(relayerAll([writeImage("links:41", chain(41))])).rejects.toThrow(InputError);
  },
  "moves/relayer/layer-family.ts MAX_SHARED": () => {
    const imageCount = 64;
    const images = Array.from({ length: imageCount }, (_, i) => i);
    const pairs = images.flatMap((a) => images.slice(a + 1).map((b) => openSet(imageCount, [a, b])));
    const bytes = Float64Array.from(pairs, (_, i) => i + 1);
    const family = new LayerFamily(pairs, bytes, imageCount);
    expect([pairs.length, family.shared.length]).toEqual([2016, 2000]);
    // Those with the fewest bytes are stored in the layers of their images.
    expect(family.own.reduce((sum, { bytes: own }) => sum + own, 0)).toBe(2 * ((16 * 17) / 2));
  },
  "moves/relayer/plan-file.ts MAX_PLAN_BYTES": () => {
    expect(() => parsePlan(Buffer.alloc(MAX_PLAN_BYTES, " "), "plan")).not.toThrow(/bytes/);
    expect(() => parsePlan(Buffer.alloc(MAX_PLAN_BYTES + 1, " "), "plan")).toThrow(/bytes/);
  },
  "moves/relayer/plan-file.ts MAX_PLAN_DEPTH": () => {
    const nested = (depth: number) => Buffer.from("[".repeat(depth) + "]".repeat(depth));
    expect(() => parsePlan(nested(8), "plan")).toThrow(/not a plan of relayer/);
    expect(() => parsePlan(nested(9), "plan")).toThrow(/nested more than 8 deep/);
  },
  "moves/relayer/read-set.ts MAX_RELAYERED_IMAGES": async () => {
    const sources = Array.from({ length: MAX_RELAYERED_IMAGES + 1 }, (_, i) =>
      writeImage(`many:${i}`, [{ path: "file", body: `${i}` }]),
    );
    const { answer } = await relayerAll(sources.slice(1));
    expect(answer.images).toHaveLength(MAX_RELAYERED_IMAGES);
    await expect(relayerAll(sources)).rejects.toThrow(`more than ${MAX_RELAYERED_IMAGES} images in one set`);
  },
  "moves/relayer/unit-table.ts MAX_UNITS": () => {
    const table = new UnitTable();
    const unit = { origin: { layer: 1, entry: 1 }, isHidden: false, links: [], bytes: 7 };
    for (let i = 0; i < MAX_UNITS; i++) table.add(`${i}`, unit);
    expect([table.count, table.bodyBytes(MAX_UNITS - 1)]).toEqual([MAX_UNITS, 7]);
    expect(table.add("0", unit)).toBe(0);
    expect(() => table.add("one more", unit)).toThrow(InputError);
  },
  "moves/relayer/write-cut.ts MAX_HISTORY_NAME": async () => {
    const shared = { path: "shared", body: "s".repeat(1000) };
    const sources = ["a", "b"].map((name) => writeImage(`${name.repeat(200)}:1`, [shared, { path: name }]));
    await relayerAll(sources, { target: parseTarget("oci:history", environment) });
    const { images } = await openSide(`oci:history:${"a".repeat(200)}:1`, "all", tools);
    const config = JSON.parse(Buffer.from(await images[0]!.readConfig()).toString());
    const named = config.history.map(
      (step: { created_by: string }) => /: (.*?)… \(/.exec(step.created_by)?.[1]?.length,
    );
    expect(named).toContain(400);
  },
};

/** Those that a test beside them drives: it has the limit's name, or its number in a sentence. */
const DRIVEN_ELSEWHERE: Readonly<Record<string, readonly [test: string, sentence: string]>> = {
  "moves/rebase/packages/merge-scripts.ts MAX_SCRIPT_BYTES": [
    "moves/rebase/packages/merge-text.test.ts",
    "MAX_SCRIPT_BYTES + 1",
  ],
  "moves/rebase/packages/refusals.ts MAX_REFUSAL_CANDIDATES": [
    "moves/rebase/packages/refusals.test.ts",
    "Math.sqrt(MAX_REFUSAL_CANDIDATES)",
  ],
  "moves/rebase/plan/answer-plan.ts MAX_CANDIDATES": [
    "moves/stored-limits.test.ts",
    "offers twelve images as the rebuilt one",
  ],
  "moves/relayer/place-groups.ts MIN_CHANGES": [
    "moves/relayer/place-groups.test.ts",
    "move to the top once they change again and again",
  ],
  "moves/relayer/split-layers.ts MIN_SPLIT_BYTES": [
    "moves/relayer/split-layers.test.ts",
    "splits off nothing that is not worth a request",
  ],
  "moves/update/answer-update.ts MAX_AFFECTED": ["moves/stored-limits.test.ts", "MAX_AFFECTED + 1"],
};

it("every limit of lib/moves is driven to its maximum", () => {
  expect([...Object.keys(DRIVEN), ...Object.keys(DRIVEN_ELSEWHERE)].sort()).toEqual(listLimits(["moves"]).sort());
  for (const [test, sentence] of Object.values(DRIVEN_ELSEWHERE)) {
    const path = join(import.meta.dirname, "..", test);
    expect([test, existsSync(path) && readFileSync(path, "utf8").includes(sentence)]).toEqual([test, true]);
  }
});

describe("the limit", () => {
  it.each(Object.entries(DRIVEN))("%s", { timeout: 60_000 }, async (_, drive) => drive());
});
