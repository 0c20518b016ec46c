import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { buildDockerArchive } from "#testing/builders/image-archive.ts";
import { CYCLONEDX_1_5 } from "#testing/builders/sboms.ts";
import { buildTar } from "#testing/builders/tar.ts";
import { makeCliSession } from "#testing/run/cli-session.ts";
import { makeTestPlace } from "#testing/run/test-place.ts";

const { run: runCli, runJson: runCliJson } = makeCliSession();

interface Suspects {
  readonly artifact: string;
  readonly suspects: readonly Record<string, unknown>[];
  readonly total: unknown;
}

const record = (name: string, depends = "") =>
  `Package: ${name}\nStatus: install ok installed\nArchitecture: amd64\nVersion: 1.0\n${depends}\n\n`;
const id = (name: string) => `pkg:deb/debian/${name}@1.0?arch=amd64`;

/** app needs lib, which alone needs data. */
const image = buildTar([
  { path: "usr/bin/app", body: "a".repeat(20) },
  { path: "usr/lib/lib.so", body: "b".repeat(30) },
  { path: "usr/share/data.bin", body: "c".repeat(950) },
  {
    path: "var/lib/dpkg/status",
    body: record("app", "Depends: lib") + record("lib", "Depends: data") + record("data"),
  },
  { path: "var/lib/dpkg/info/app.list", body: "/usr/bin/app\n" },
  { path: "var/lib/dpkg/info/lib.list", body: "/usr/lib/lib.so\n" },
  { path: "var/lib/dpkg/info/data.list", body: "/usr/share/data.bin\n" },
]);

describe("suspects", () => {
  const place = makeTestPlace();
  const { folder } = place;
  const askJson = <T>(...args: string[]) => runCliJson<T>(args, { databaseUrl: place.database.url });

  beforeAll(async () => {
    writeFileSync(join(folder, "shop.tar"), buildDockerArchive([image], { name: "shop:1" }));
    writeFileSync(join(folder, "bom.json"), JSON.stringify(CYCLONEDX_1_5));
    await askJson("scan", `docker-archive:${join(folder, "shop.tar")}`);
    await askJson("scan", `sbom:${join(folder, "bom.json")}`, "--name", "bom");
  });

  it("name what keeps most, where its bytes gather, and the path to it", async () => {
    const { suspects } = await askJson<Suspects>("suspects", "shop:1");
    expect(suspects.find(({ name }) => name === "app")).toMatchObject({
      nodes: [id("app")],
      retainedSize: 1000,
      accumulation: id("data"),
      path: [{ id: id("app"), name: "app" }],
    });
    expect(suspects.map(({ share }) => share as number).every((share) => share >= 0.1)).toBe(true);
  });

  it("agree with closure about what a node retains", async () => {
    const { suspects } = await askJson<Suspects>("suspects", "shop:1");
    const { nodes } = await askJson<{ nodes: { id: string; retainedSize: number }[] }>("closure", "shop:1");
    for (const { nodes: ids, retainedSize } of suspects.filter(({ family }) => family === null))
      expect(nodes.find((node) => node.id === (ids as string[])[0])).toMatchObject({ retainedSize });
  });

  it("count the components of an SBOM, which states no bytes", async () => {
    const { suspects, total } = await askJson<Suspects>("suspects", "bom");
    expect(total).toMatchObject({ bytes: null, components: expect.any(Number) });
    expect(suspects.length).toBeGreaterThan(0);
    for (const suspect of suspects)
      expect(suspect).toMatchObject({ retainedSize: null, retainedCount: expect.any(Number) });
  });

  it("are printed with their share", async () => {
    const { stdout } = await runCli(["suspects", "shop:1"], { databaseUrl: place.database.url });
    expect(stdout).toMatch(/Retained.*Share.*Suspect/);
    expect(stdout).toMatch(/app 1\.0 .*data/);
  });
});
