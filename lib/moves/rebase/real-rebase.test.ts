import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { openEnvironment } from "#lib/sources/environment.ts";
import { areInstalled } from "#testing/run/registry.ts";
import { sharedData } from "#testing/run/shared-data.ts";
import { digestOf } from "#testing/run/toy-registry.ts";
import { parseTarget } from "../sink/image-target.ts";
import { writeImages } from "../sink/write-images.ts";
import { buildMergeLayer, mergeStep } from "./merge-layer.ts";
import { openSide } from "./open-side.ts";
import { readSides } from "./read-sides.ts";
import type { MergedFile, RebaseSides } from "./sides.ts";
import { writeRebased } from "./write-rebased.ts";

const MINI = sharedData("fleet-mini/oci");

const folder = mkdtempSync(join(tmpdir(), "stratigraph-rebase-"));
afterAll(() => rmSync(folder, { recursive: true }));

const { signal } = new AbortController();
const environment = openEnvironment({ baseDir: folder, hasStdin: false, allowed: "all" });

interface Wanted {
  readonly layout: string;
  readonly image: string;
  readonly from: string;
  readonly to: string;
  merge(sides: RebaseSides): readonly MergedFile[];
}

/** Rebases an image and writes it to `output`. */
async function rebase({ layout, image: name, from, to, merge }: Wanted, output: string): Promise<RebaseSides> {
  const open = async (each: string) => {
    const side = await openSide(`oci:${layout}:${each}`, "all", { environment, signal });
    return { side, image: side.images[0]! };
  };
  const [image, oldBase, newBase] = [await open(name), await open(from), await open(to)];
  const sides = await readSides({ image, oldBase, newBase }, signal);
  const merged = merge(sides);
  await writeImages(parseTarget(output, environment), { signal, environment }, (sink) =>
    writeRebased(sink, name, [
      {
        image: image.image,
        oldBase: oldBase.image,
        newBase: newBase.image,
        oldBaseLayers: sides.oldBaseLayers,
        config: sides.configs.after.json,
        mergeTar: buildMergeLayer(merged, sides.after),
        mergeStep: mergeStep(merged),
      },
    ]),
  );
  return sides;
}

function inspect(image: string, ...more: readonly string[]) {
  return JSON.parse(execFileSync("skopeo", ["inspect", "--raw", ...more, image], { encoding: "utf8" }));
}

describe.skipIf(MINI === undefined || !areInstalled("skopeo"))("a base that changed below an image alone", () => {
  it("gives the layers of a true rebuild, byte for byte, and the annotations of the new base", async () => {
    const wanted = { layout: MINI!, image: "m-old-sqlite", from: "m-base-old", to: "m-base", merge: () => [] };
    await rebase(wanted, "oci:moved");
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
    await rebase(wanted, "oci-archive:moved.tar");
    execFileSync("skopeo", ["copy", "-q", `oci-archive:${folder}/moved.tar:m-old-sqlite`, `oci:${folder}/again`]);
    expect(inspect(`oci:${folder}/again`)).toEqual(moved);
  });
});
