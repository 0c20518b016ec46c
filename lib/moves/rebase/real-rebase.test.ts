import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openEnvironment } from "#lib/sources/environment.ts";
import { areInstalled } from "#testing/run/registry.ts";
import { sharedData } from "#testing/run/shared-data.ts";
import { digestOf } from "#testing/run/toy-registry.ts";
import { parseTarget } from "../sink/image-target.ts";
import { writeImages } from "../sink/write-images.ts";
import { compareWithRebuild, withMergeLayer } from "./compare-rebuild.ts";
import { judgeRebase } from "./judge.ts";
import { buildMergeLayer, mergeStep } from "./merge-layer.ts";
import { openSide } from "./open-side.ts";
import { type ChosenSide, readRebuilt, readSides } from "./read-sides.ts";
import type { MergedFile, RebaseSides } from "./sides.ts";
import { writeRebased } from "./write-rebased.ts";

const MINI = sharedData("fleet-mini/oci");
const APT = sharedData("fleet-apt/oci-zstd");
/** Unpacking with owners, and running in the result, is for root. */
const canChroot = areInstalled("umoci", "chroot") && process.getuid?.() === 0;

const folder = mkdtempSync(join(tmpdir(), "stratigraph-rebase-"));
afterAll(() => rmSync(folder, { recursive: true }));

const { signal } = new AbortController();
const environment = openEnvironment({ baseDir: folder, hasStdin: false, allowed: "all" });

interface Wanted {
  readonly layout: string;
  readonly image: string;
  readonly from: string;
  readonly to: string;
}

/** The images of a rebase, read and judged. */
interface Judged {
  readonly sides: RebaseSides;
  readonly merged: readonly MergedFile[];
  readonly images: Record<"image" | "oldBase" | "newBase", ChosenSide>;
}

async function judge({ layout, image, from, to }: Wanted): Promise<Judged> {
  const images = {
    image: await open(layout, image),
    oldBase: await open(layout, from),
    newBase: await open(layout, to),
  };
  const sides = await readSides(images, signal);
  return { sides, merged: judgeRebase(sides).merged, images };
}

/** Writes a rebased image to `output`. */
async function write({ sides, merged, images: { image, oldBase, newBase } }: Judged, output: string): Promise<void> {
  const platform = {
    image: image.image,
    oldBase: oldBase.image,
    newBase: newBase.image,
    oldBaseLayers: sides.oldBaseLayers,
    config: sides.configs.after.json,
    mergeTar: buildMergeLayer(merged, sides.after),
    mergeStep: mergeStep(merged),
  };
  await writeImages(parseTarget(output, environment), { signal, environment }, (sink) =>
    writeRebased(sink, image.image.name, [platform]),
  );
}

async function open(layout: string, name: string): Promise<ChosenSide> {
  const side = await openSide(`oci:${layout}:${name}`, "all", { environment, signal });
  return { side, image: side.images[0]! };
}

function inspect(image: string, ...more: readonly string[]) {
  return JSON.parse(execFileSync("skopeo", ["inspect", "--raw", ...more, image], { encoding: "utf8" }));
}

describe.skipIf(MINI === undefined || !areInstalled("skopeo"))("a base that changed below an image alone", () => {
  it("gives the layers of a true rebuild, byte for byte, and the annotations of the new base", async () => {
    const wanted = { layout: MINI!, image: "m-old-sqlite", from: "m-base-old", to: "m-base" };
    const judged = await judge(wanted);
    expect(judgeRebase(judged.sides).verdict).toBe("safe");
    expect(judged.merged).toEqual([]);
    await write(judged, "oci:moved");
    const [moved, rebuilt] = [inspect(`oci:${folder}/moved`), inspect(`oci:${MINI}:m-sqlite`)];
    expect(moved.layers).toEqual(rebuilt.layers);
    expect(moved.annotations).toMatchObject({
      "org.opencontainers.image.base.digest": digestOf(
        execFileSync("skopeo", ["inspect", "--raw", `oci:${MINI}:m-base`]),
      ),
      "org.opencontainers.image.base.name": "m-base",
    });
    const [config, expected] = [
      inspect(`oci:${folder}/moved`, "--config"),
      inspect(`oci:${MINI}:m-sqlite`, "--config"),
    ];
    expect(config.rootfs).toEqual(expected.rootfs);
    expect(config.history).toHaveLength(2);
    expect(config.created).toBe(expected.created);
    await write(await judge(wanted), "oci-archive:moved.tar");
    execFileSync("skopeo", ["copy", "-q", `oci-archive:${folder}/moved.tar:m-old-sqlite`, `oci:${folder}/again`]);
    expect(inspect(`oci:${folder}/again`)).toEqual(moved);
  });
});

describe.skipIf(APT === undefined || !areInstalled("skopeo") || !canChroot)(
  "nginx on a Debian eight packages newer",
  () => {
    const wanted = { layout: APT!, image: "o-nginx", from: "deb13o", to: "deb13" };
    let judged: Judged;
    let roots: Record<"merged" | "unmerged" | "rebuilt", string>;

    beforeAll(async () => {
      judged = await judge(wanted);
      await write(judged, "oci:nginx");
      await write({ ...judged, merged: [] }, "oci:nginx-unmerged");
      roots = {
        merged: unpack(`${folder}/nginx:o-nginx`),
        unmerged: unpack(`${folder}/nginx-unmerged:o-nginx`),
        rebuilt: unpack(`${APT}:t-nginx`),
      };
    }, 600_000);

    it("needs a merge, and no rebuild", () => {
      expect(judgeRebase(judged.sides).verdict).toBe("needs merge");
    });

    it("has the layers of the new base and its own, and one small layer on them", () => {
      const [written, base, own] = [`${folder}/nginx`, `${APT}:deb13`, `${APT}:o-nginx`].map((image) =>
        inspect(`oci:${image}`),
      );
      const [, upper] = own.layers;
      expect(written.layers).toEqual([...base.layers, upper, expect.anything()]);
      expect(written.layers[2].size).toBeLessThan(1_000_000);
      const { history, rootfs } = inspect(`oci:${folder}/nginx`, "--config");
      expect(rootfs.diff_ids).toHaveLength(3);
      expect(history).toHaveLength(3);
      expect(history[2].created_by).toMatch(/^stratigraph rebase: merge .*var\/lib\/dpkg\/status/);
    });

    it("runs, and has the package database of a true rebuild", () => {
      expect(runIn(roots.merged, "nginx", "-t")).toMatchObject({
        status: 0,
        stderr: expect.stringContaining("successful"),
      });
      expect(runIn(roots.merged, "dpkg", "--audit")).toMatchObject({ status: 0, stdout: "" });
      expect(runIn(roots.merged, "dpkg", "-l").stdout).toBe(runIn(roots.rebuilt, "dpkg", "-l").stdout);
    });

    it("would report the old versions of the base without the merge", () => {
      const versions = (root: string) => runIn(root, "dpkg-query", "-W").stdout.split("\n");
      const [masked, right] = [versions(roots.unmerged), versions(roots.rebuilt)];
      expect(masked.filter((line) => !right.includes(line))).toHaveLength(8);
    });

    it("is the same image when it is written again", async () => {
      await write(await judge(wanted), "oci:nginx-again");
      expect(inspect(`oci:${folder}/nginx-again`)).toEqual(inspect(`oci:${folder}/nginx`));
    });

    it("differs from a true rebuild in logs and caches alone", async () => {
      const { sides, merged } = judged;
      const rebuilt = await readRebuilt(await open(APT!, "t-nginx"), signal);
      const tree = await withMergeLayer(sides.after, buildMergeLayer(merged, sides.after));
      const { parts } = compareWithRebuild({ tree, config: sides.configs.after.json }, rebuilt);
      const [files, packages, settings] = parts.map(({ differences }) => differences.map(({ subject }) => subject));
      expect(packages).toEqual([]);
      expect(settings).toEqual([]);
      expect(files).toEqual([
        "/var/cache/debconf/config.dat-old",
        "/var/cache/debconf/templates.dat-old",
        "/var/cache/ldconfig/aux-cache",
        "/var/lib/dpkg/status-old",
        "/var/log/apt/eipp.log.xz",
        "/var/log/apt/history.log",
        "/var/log/apt/term.log",
        "/var/log/dpkg.log",
      ]);
      expect(parts[0]!.equalCount).toBeGreaterThan(5900);
    });
  },
);

/** The image's files in a new folder. Its zstd layers are stored as gzip before: not every umoci reads zstd. */
function unpack(image: string): string {
  const name = `unpack-${image.replaceAll(/\W/g, "-")}`;
  const copy = ["copy", "-q", "--dest-compress-format", "gzip", "--dest-compress-level", "1"];
  execFileSync("skopeo", [...copy, `oci:${image}`, `oci:${folder}/${name}:image`], { stdio: "pipe" });
  execFileSync("umoci", ["unpack", "--image", `${folder}/${name}:image`, `${folder}/${name}-bundle`], {
    stdio: "pipe",
  });
  return `${folder}/${name}-bundle/rootfs`;
}

function runIn(root: string, ...command: readonly string[]) {
  const { status, stdout, stderr } = spawnSync("chroot", [root, ...command], { encoding: "utf8", timeout: 60_000 });
  return { status, stdout, stderr };
}
