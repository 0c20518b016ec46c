import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { sumSharing } from "#lib/db/queries/sum-sharing.ts";
import { writeDescribed } from "#lib/db/write/write-described.ts";
import { toChainIds } from "#lib/formats/oci/index.ts";
import type { DiffId, Digest } from "#lib/model/digest.ts";
import { NO_SETTINGS } from "#lib/model/image-settings.ts";
import { UsageError } from "#lib/model/problem.ts";
import { DOWNLOAD_RUNG_NAMES } from "#lib/model/rung.ts";
import type { DescribedImage } from "#lib/model/snapshot.ts";
import { sumKnown } from "#lib/model/sum-known.ts";
import { sumCell, sumDownloads } from "#testing/oracles/naive-downloads.ts";
import { makeTestPlace } from "#testing/run/test-place.ts";
import { digestOf } from "#testing/run/toy-registry.ts";
import { answerCells } from "./cells.ts";
import { answerOverlap } from "./overlap.ts";
import { answerSavings } from "./savings.ts";

/** Images of up to six of these layers, each in two encodings: as digits, 10 × layer + encoding. */
const stacks = fc.array(
  fc.integer({ min: 0, max: 7 }).chain((layer) => fc.constantFrom(10 * layer, 10 * layer + 1)),
  {
    minLength: 1,
    maxLength: 6,
  },
);

const digest = (text: string) => digestOf(Buffer.from(text)) as Digest;

/** Encoding 1 of layer 7 has no known size. */
function describeStack(stack: readonly number[], i: number): DescribedImage {
  const diffIds = stack.map((code) => digest(`layer ${Math.floor(code / 10)}`) as string as DiffId);
  const chainIds = toChainIds(diffIds);
  const layers = stack.map((code, position) => ({
    diffId: diffIds[position]!,
    chainId: chainIds[position]!,
    digest: digest(`blob ${code}`),
    downloadSize: code === 71 ? undefined : 1000 + 37 * code,
    mediaType: "",
    createdBy: "",
  }));
  const common = { platform: "", createdAt: "", command: [], settings: NO_SETTINGS, source: "docker://here/app" };
  return {
    ...common,
    name: `image-${i}`,
    digest: digest(`image ${i}`),
    configDigest: digest(`${i}`),
    layers,
    downloadSize: sumKnown(layers.map(({ downloadSize }) => downloadSize)),
  };
}

describe("sets of images that are known by their manifests alone", () => {
  const place = makeTestPlace();
  const images = fc.sample(stacks, { seed: 8, numRuns: 60 }).map(describeStack);
  let ids: number[];
  beforeAll(async () => {
    const written = await writeDescribed(place.database.pool, images, new AbortController().signal);
    ids = written.map(({ artifactId }) => artifactId);
  });
  const subsets = fc.uniqueArray(fc.integer({ min: 0, max: images.length - 1 }), { minLength: 2, maxLength: 6 });
  const sampled = fc.sample(subsets, { seed: 9, numRuns: 40 });
  const partsOf = (picked: readonly number[]) => picked.map((i) => ({ id: ids[i]! }));

  it("need what their manifests say, rung by rung, or it is not known", async () => {
    let unknown = 0;
    for (const picked of sampled) {
      const set = picked.map((i) => images[i]!);
      const { rungs, orderPenalty, penalisedLayers, download } = await answerSavings(
        place.database.pool,
        partsOf(picked),
      );
      expect(rungs.map(({ rung, bytes }) => [rung, bytes])).toEqual(
        ["unshared", "chain", "layer", "blob"].map((rung) => [rung, sumDownloads(set, rung)]),
      );
      expect(download.map(({ rung, bytes }) => [rung, bytes])).toEqual(
        ["unshared", "blob"].map((rung) => [rung, sumDownloads(set, rung)]),
      );
      const [, chain, layer] = rungs;
      if (chain!.bytes === null || layer!.bytes === null) expect(orderPenalty).toBe(null);
      else {
        expect(orderPenalty).toBe(chain!.bytes - layer!.bytes);
        expect(penalisedLayers.reduce((sum, { extraBytes }) => sum + extraBytes, 0)).toBe(orderPenalty);
      }
      for (const { rung, bytes, marginal } of rungs.slice(1)) {
        const alone = picked.map((_, i) => sumCell(set, rung, [i]));
        expect(marginal).toEqual(alone);
        if (bytes === null) unknown += 1;
      }
    }
    expect(unknown).toBeGreaterThan(0);
  });

  it("share what their manifests say, cell by cell, or say whose size is not known", async () => {
    let refused = 0;
    for (const picked of sampled) {
      const set = picked.map((i) => images[i]!);
      for (const rung of DOWNLOAD_RUNG_NAMES) {
        const question = { parts: partsOf(picked), rung };
        if (sumDownloads(set, rung) === null) {
          await expect(answerOverlap(place.database.pool, question)).rejects.toThrow(
            /download size of image-\d+ is not known/,
          );
          refused += 1;
          continue;
        }
        const { union, cells, artifacts } = await answerOverlap(place.database.pool, question);
        expect(union.bytes).toBe(sumDownloads(set, rung));
        for (const cell of cells) expect([cell.in, cell.bytes]).toEqual([cell.in, sumCell(set, rung, cell.in)]);
        expect(cells.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(union.bytes);
        expect(artifacts.every(({ manifestOnly }) => manifestOnly)).toBe(true);
        const [largest] = cells;
        const [opened] = await answerCells(place.database.pool, { ...question, cells: [largest!.in], limit: 100 });
        expect([opened!.bytes, opened!.units]).toEqual([largest!.bytes, largest!.units]);
      }
    }
    expect(refused).toBeGreaterThan(0);
  });

  it("are all in the sums of the home page but for those of unknown size, which are counted", async () => {
    const known = images.filter(({ downloadSize }) => downloadSize !== undefined);
    expect(known.length).toBeLessThan(images.length);
    expect(await sumSharing(place.database.pool)).toEqual({
      imageCount: images.length,
      closureCount: 0,
      sbomCount: 0,
      byDownload: true,
      leftOutCount: images.length - known.length,
      layerReferenceCount: known.reduce((sum, { layers }) => sum + layers.length, 0),
      unshared: sumDownloads(known, "unshared"),
      chain: sumDownloads(known, "chain"),
      layer: sumDownloads(known, "layer"),
    });
  });

  it("have no finer rungs, and take layers where none is asked for", async () => {
    const parts = partsOf(
      sampled.find(
        (picked) =>
          sumDownloads(
            picked.map((i) => images[i]!),
            "layer",
          ) !== null,
      )!,
    );
    await expect(answerOverlap(place.database.pool, { parts, rung: "file" })).rejects.toThrow(UsageError);
    expect((await answerOverlap(place.database.pool, { parts })).rung).toBe("layer");
  });
});
