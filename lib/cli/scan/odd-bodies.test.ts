import { spawnSync } from "node:child_process";
import { truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { buildDockerArchive } from "#testing/builders/image-archive.ts";
import { buildTar } from "#testing/builders/tar.ts";
import { makeCliSession } from "#testing/run/cli-session.ts";
import { makeTestPlace } from "#testing/run/test-place.ts";

const { runJson: runCliJson } = makeCliSession();

interface Shown {
  rootfsSize: number;
  wastedSize: number;
  layersContentSize: number;
  layers: { contentSize: number; entryCount: number }[];
  wasted: { path: string; bytes: number; layer: number; hiddenBy: number }[];
}

const hasGnuTar = spawnSync("tar", ["--version"]).stdout?.includes("GNU tar") === true;

describe("content is every regular body in the tar, whatever its name and encoding", () => {
  const place = makeTestPlace();
  const { folder } = place;
  const scan = async (name: string, ...layers: Uint8Array[]) => {
    const input = [buildDockerArchive(layers, { name })];
    await runCliJson(["scan", "docker-archive:-"], { databaseUrl: place.database.url, input });
    return runCliJson<Shown>(["show", name], { databaseUrl: place.database.url });
  };

  it("bodies of whiteouts and under reserved names count, and are wasted", async () => {
    const base = buildTar([{ path: "d/hidden", body: "h".repeat(100) }]);
    const odd = buildTar([
      { path: "d/.wh.hidden", body: "12345678" },
      { path: "d/.wh..wh..opq", body: "opaque" },
      { path: ".wh..wh.plnk/12.34", body: "a".repeat(30) },
      { path: "d/.wh.", body: "x" },
      { path: "d/kept", body: "k".repeat(5) },
    ]);
    const shown = await scan("reserved", base, odd);
    expect(shown).toMatchObject({ layersContentSize: 150, rootfsSize: 5, wastedSize: 145 });
    expect(shown.layers.map(({ contentSize, entryCount }) => [contentSize, entryCount])).toEqual([
      [100, 1],
      [50, 5],
    ]);
    expect(shown.wasted).toEqual([
      { path: "d/hidden", bytes: 100, layer: 0, hiddenBy: 1 },
      { path: ".wh..wh.plnk/12.34", bytes: 30, layer: 1, hiddenBy: 1 },
      { path: "d/.wh.hidden", bytes: 8, layer: 1, hiddenBy: 1 },
      { path: "d/.wh..wh..opq", bytes: 6, layer: 1, hiddenBy: 1 },
      { path: "d/.wh.", bytes: 1, layer: 1, hiddenBy: 1 },
    ]);
    const again = await scan("reserved-again", odd);
    expect(again).toMatchObject({ layersContentSize: 50, rootfsSize: 5, wastedSize: 45 });
  });

  it.skipIf(!hasGnuTar)("a sparse file has the same content in each of GNU tar's encodings", async () => {
    const file = join(folder, "sparse");
    writeFileSync(file, Buffer.alloc(4096, "d"));
    truncateSync(file, 1_000_000);
    const encodings = [
      ["--format=gnu"],
      ...["0.0", "0.1", "1.0"].map((version) => ["--format=pax", `--sparse-version=${version}`]),
    ];
    const sizes: number[] = [];
    for (const [i, options] of encodings.entries()) {
      const { stdout } = spawnSync("tar", ["-c", "-S", ...options, "-C", folder, "sparse"], { maxBuffer: 2 ** 24 });
      const { layersContentSize, rootfsSize } = await scan(`sparse-${i}`, stdout);
      expect(rootfsSize).toBe(layersContentSize);
      sizes.push(layersContentSize);
    }
    expect(sizes).toEqual([4096, 4096, 4096, 4096]);
  });
});
