import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { MIXED_LAYER } from "#testing/builders/export-image.ts";
import { buildDockerArchive } from "#testing/builders/image-archive.ts";
import { listCycloneDxFaults } from "#testing/oracles/cyclonedx-schema.ts";
import { listSpdxFaults } from "#testing/oracles/spdx-rules.ts";
import { makeCliSession } from "#testing/run/cli-session.ts";
import { makeTestPlace } from "#testing/run/test-place.ts";

const { run: runCli, runJson: runCliJson } = makeCliSession();

describe("an exported graph", () => {
  const place = makeTestPlace();
  const { folder } = place;
  const run = (...args: string[]) => runCli(args, { databaseUrl: place.database.url });
  const json = <T>(...args: string[]) => runCliJson<T>(args, { databaseUrl: place.database.url });
  const write = (name: string, bytes: Uint8Array | string) => {
    writeFileSync(join(folder, name), bytes);
    return join(folder, name);
  };

  const load = async (name: string, ...options: string[]) => {
    const { status, stdout, stderr } = await run("export", name, ...options);
    expect([status, stderr]).toEqual([0, ""]);
    return stdout;
  };

  beforeAll(async () => {
    const config = { created: "2026-03-04T05:06:07.89Z", config: { Entrypoint: ["/usr/bin/app"] } };
    const archive = buildDockerArchive([MIXED_LAYER], { name: "shop:1", config });
    await json("scan", `docker-archive:${write("shop.tar", archive)}`);
  });

  it("is an SBOM with a root, valid by the official schema, the same on every run", async () => {
    for (const spec of [[], ["--spec", "1.7"]]) {
      const text = await load("shop:1", "--format", "cyclonedx", ...spec);
      expect(await load("shop:1", "--format", "cyclonedx", ...spec)).toBe(text);
      expect(await listCycloneDxFaults(text)).toEqual([]);
      const { metadata, dependencies } = JSON.parse(text);
      expect(metadata).toMatchObject({ timestamp: "2026-03-04T05:06:07Z", component: { name: "shop:1" } });
      expect(dependencies[0].ref).toBe(metadata.component["bom-ref"]);
    }
    expect(listSpdxFaults(await load("shop:1", "--format", "spdx"))).toEqual([]);
  });

  it("has an edge's evidence in every format that can say it", async () => {
    for (const format of ["cyclonedx", "spdx", "dot", "graphml", "csv"]) {
      expect(await load("shop:1", "--format", format)).toMatch(/declared.*libgcc-s1 \(&?(?:gt;|>)= 3\)/);
    }
  });

  it("is written whole or not at all", async () => {
    const file = join(folder, "graph.dot");
    const written = await json("export", "shop:1", "--format", "dot", "-o", file);
    expect(written).toMatchObject({ format: "dot", spec: null, output: file, nodes: 9 });
    expect(readFileSync(file, "utf8")).toBe(await load("shop:1", "--format", "dot"));
    expect(readdirSync(folder).filter((name) => name.includes("partial"))).toEqual([]);
    expect(await run("export", "shop:1", "--format", "dot", "-o", join(folder, "none", "x"))).toMatchObject({
      status: 4,
      stderr: expect.stringMatching(/none\/x: its folder does not exist \(ENOENT\)\n$/),
    });
  });

  it("refuses what the format does not have", async () => {
    const refusals: [string[], RegExp][] = [
      [["--format", "spdx", "--spec", "3.0"], /--spec 3.0 with --format spdx: expected 2.3/],
      [["--format", "dot", "--spec", "1"], /this format has no versions/],
      [["--format", "cyclonedx", "--json"], /pass -o FILE/],
      [["--format", "cyclonedy"], /Did you mean cyclonedx/],
      [[], /required option '--format/],
    ];
    for (const [options, message] of refusals) {
      const { status, stdout, stderr } = await run("export", "shop:1", ...options);
      expect([status, stdout]).toEqual([2, ""]);
      expect(stderr).toMatch(message);
    }
  });
});
