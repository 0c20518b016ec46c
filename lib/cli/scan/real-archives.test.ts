import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "#lib/db/server/database.ts";
import { buildSampleImages } from "#lib/sources/samples/build-samples.ts";
import { expectTrueRetained } from "#testing/oracles/true-retained.ts";
import { openTestDatabase } from "#testing/run/database.ts";
import { runCli, runCliJson } from "#testing/run/run-cli.ts";
import { sharedData } from "#testing/run/shared-data.ts";

interface Shown {
  rootfsSize: number;
  layersContentSize: number;
  wastedSize: number;
  nodeCount: number;
  components: Record<string, number>;
  layers: { contentSize: number; entryCount: number }[];
  wasted: { path: string; bytes: number; layer: number; hiddenBy: number }[];
}

/** Images of other projects' tests, with known facts from those projects or a tar listing. */
describe.skipIf(sharedData("images") === undefined)("archives that other tools are tested with", () => {
  let database: Database;
  const scan = (source: string) => runCli(["scan", source, "--json"], { databaseUrl: database.url });

  /** Scans the one image of an archive and shows it; its self sizes must sum to its rootfs. */
  async function scanImage(path: string): Promise<Shown> {
    const run = await scan(`docker-archive:${sharedData(`images/${path}`)}`);
    expect([run.status, run.stderr]).toEqual([0, expect.not.stringContaining("error")]);
    const { id } = JSON.parse(run.stdout).artifacts.at(-1);
    const shown = await runCliJson<Shown>(["show", id], { databaseUrl: database.url });
    const { total } = await runCliJson<{ total: { bytes: number } }>(["closure", id], { databaseUrl: database.url });
    expect(total.bytes).toBe(shown.rootfsSize);
    expect(shown.rootfsSize + shown.wastedSize).toBe(shown.layersContentSize);
    return shown;
  }

  beforeAll(async () => {
    database = await openTestDatabase();
  });
  afterAll(() => database.close());

  it("dive's test image: 14 layers, 392 hard links of one busybox, and the waste dive reports", async () => {
    const shown = await scanImage("wagoodman+dive/.data/test-docker-image.tar");
    expect(shown.layers).toHaveLength(14);
    // busybox has one body under 393 names: the first layer's bytes are few.
    expect(shown.layers[0]).toMatchObject({ contentSize: 1_154_361 });
    const wasteAt = (path: string) =>
      shown.wasted.filter((body) => body.path === path).map(({ bytes, layer, hiddenBy }) => [bytes, layer, hiddenBy]);
    expect(wasteAt("root/saved.txt")).toEqual([[6405, 7, 13]]);
    expect(shown.wastedSize).toBe(32_025);
    expect(shown.wastedSize).toBe(shown.wasted.reduce((total, body) => total + body.bytes, 0));
  });

  it("Alpine 3.10: 14 packages, every byte explained except the data of apk itself", async () => {
    const shown = await scanImage("aquasecurity+trivy/pkg/fanal/test/testdata/alpine-310.tar.gz");
    expect(shown.components).toMatchObject({ apk: 14 });
  });

  it.each([
    ["google+go-containerregistry/pkg/v1/mutate/testdata/whiteout_image.tar", { layers: 3 }],
    ["google+osv-scalibr/artifact/image/unpack/testdata/symlinks.tar", { layers: 2 }],
    ["google+osv-scalibr/artifact/image/layerscanning/image/testdata/symlink-dangling.tar", { layers: 2 }],
    ["google+osv-scalibr/artifact/image/layerscanning/image/testdata/symlink-basic.tar", { layers: 1 }],
    ["google+osv-scalibr/artifact/image/layerscanning/image/testdata/overwrite-file.tar", { layers: 2 }],
    ["google+go-containerregistry/pkg/v1/tarball/testdata/test_link.tar", { layers: 2 }],
    ["wagoodman+dive/.data/test-oci-gzip-image.tar", { layers: 1 }],
    ["wagoodman+dive/.data/test-oci-zstd-image.tar", { layers: 1 }],
    ["wagoodman+dive/.data/test-oci-uncompressed-image.tar", { layers: 1 }],
  ])("%s scans, and every byte is accounted for", async (path, expected) => {
    const shown = await scanImage(path);
    expect(shown.layers.length).toBe(expected.layers);
  });

  it.each([
    ["google+osv-scalibr/artifact/image/unpack/testdata/escape.tar", /not a container image archive/],
    ["google+go-containerregistry/pkg/v1/tarball/testdata/no_manifest.tar", /older than 1\.10/],
    ["google+go-containerregistry/pkg/v1/tarball/testdata/null_manifest.tar", /manifest\.json/],
    ["quay+claircore/pkg/tarfs/testdata/bad_name.tar", /not a container image archive/],
  ])("%s is refused with one line", async (path, says) => {
    const run = await scan(`docker-archive:${sharedData(`images/${path}`)}`);
    expect(run.status).toBe(3);
    expect(run.stderr.trim().split("\n")).toHaveLength(1);
    expect(run.stderr).toMatch(says);
  });

  it("an index of two platforms gives the requested one, or both", async () => {
    const source = `oci:${sharedData("fleet-mini/oci-multiarch")}`;
    const platforms = async (platform: string) => {
      const run = await runCliJson<{ artifacts: { platform: string }[] }>(["scan", source, "--platform", platform], {
        databaseUrl: database.url,
      });
      return run.artifacts.map((artifact) => artifact.platform);
    };
    expect(await platforms("linux/arm64")).toEqual(["linux/arm64"]);
    expect(await platforms("all")).toEqual(["linux/amd64", "linux/arm64"]);
    expect((await runCli(["scan", source, "--platform", "linux/s390x"], { databaseUrl: database.url })).status).toBe(3);
  });

  it("all of them, and sample images of npm packages, have the retained sizes of the naive oracle", async () => {
    const folder = mkdtempSync(join(tmpdir(), "stratigraph-npm-"));
    await scan(`oci:${await buildSampleImages(folder)}`);
    rmSync(folder, { recursive: true });
    const { rows } = await database.pool.query("SELECT count(*)::int AS packages FROM component WHERE kind = 'npm'");
    expect(rows[0].packages).toBeGreaterThan(20);
    expect(await expectTrueRetained(database.pool)).toBeGreaterThan(100);
  });
});
