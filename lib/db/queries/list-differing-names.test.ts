import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { diffFiles } from "#lib/analysis/sharing/diff-files.ts";
import { GoneError } from "#lib/model/problem.ts";
import { buildDockerArchive } from "#testing/builders/image-archive.ts";
import { buildTar, type TarMember } from "#testing/builders/tar.ts";
import { openTestDatabase } from "#testing/run/database.ts";
import { runCliJson } from "#testing/run/run-cli.ts";
import type { Database } from "../server/database.ts";
import { findArtifact } from "./find-artifact.ts";
import { listDifferingNames } from "./list-differing-names.ts";
import { listHeldComponents } from "./list-held-components.ts";
import { loadHoldings } from "./load-holdings.ts";

const base: TarMember[] = [
  { path: "etc/", type: "5", mode: 0o755 },
  { path: "etc/a", body: "one" },
  { path: "etc/b", type: "1", link: "etc/a" },
  { path: "etc/c", type: "2", link: "a" },
  { path: "etc/d", body: "four" },
  { path: "etc/e", body: "five" },
  { path: "opt/", type: "5" },
  { path: "opt/x", body: "x" },
];
const upper: TarMember[] = [
  { path: "etc/", type: "5", mode: 0o755 },
  { path: "etc/.wh.a" },
  { path: "etc/c", type: "2", link: "b" },
  { path: "etc/d", body: "four", mode: 0o755 },
  { path: "etc/e", body: "5", uid: 7 },
  { path: "etc/new", body: "new" },
];
/** The base's files again, in a separate layer and with the hard links in the other order. */
const mirrored: TarMember[] = [
  { path: "opt/", type: "5" },
  { path: "opt/x", body: "x" },
  { path: "etc/", type: "5", mode: 0o755 },
  { path: "etc/b", body: "one" },
  { path: "etc/a", type: "1", link: "etc/b" },
  { path: "etc/c", type: "2", link: "a" },
  { path: "etc/d", body: "four" },
  { path: "etc/e", body: "five" },
];

describe("the names read of two images to compare them", () => {
  let database: Database;
  const scan = async (name: string, ...layers: TarMember[][]) => {
    const archive = buildDockerArchive(
      layers.map((members) => buildTar(members)),
      { name },
    );
    await runCliJson(["scan", "docker-archive:-"], { databaseUrl: database.url, input: [archive] });
  };
  const idOf = async (name: string) => (await findArtifact(database.pool, name)).id;

  beforeAll(async () => {
    database = await openTestDatabase();
    await scan("base:1", base);
    await scan("upper:1", base, upper);
    await scan("mirrored:1", mirrored);
  });
  afterAll(() => database.close());

  async function diff(left: string, right: string): Promise<string[]> {
    const names = await listDifferingNames(database.pool, await idOf(left), await idOf(right));
    return diffFiles(names.left, names.right).map(({ change, path }) => `${change} ${path}`);
  }

  it("finds what a layer adds, hides, replaces and restyles; a hard link outlives its twin", async () => {
    const changes = ["content etc/e", "metadata etc/c", "metadata etc/d"];
    expect(await diff("base:1", "upper:1")).toEqual([
      "removed etc/a",
      "metadata etc/c",
      "metadata etc/d",
      "content etc/e",
      "added etc/new",
    ]);
    expect((await diff("upper:1", "base:1")).sort()).toEqual(["added etc/a", ...changes, "removed etc/new"].sort());
  });

  it("reads nothing that both see in the same layer", async () => {
    const names = await listDifferingNames(database.pool, await idOf("base:1"), await idOf("upper:1"));
    expect(names.left.map(({ path }) => path)).toEqual(["etc", "etc/a", "etc/c", "etc/d", "etc/e"]);
    expect(names.left.find(({ path }) => path === "etc/a")).toMatchObject({ byteCount: 3, mode: 0o644, kind: 0 });
  });

  it("finds no difference between hard links written in two orders, in two layers", async () => {
    expect(await diff("base:1", "mirrored:1")).toEqual([]);
    expect(await diff("upper:1", "upper:1")).toEqual([]);
  });

  it("has every visible body once: by owner they sum to the self sizes", async () => {
    const ids = await Promise.all(["base:1", "upper:1", "mirrored:1"].map(idOf));
    const components = await listHeldComponents(database.pool, ids);
    for (const [i, holding] of (await loadHoldings(database.pool, ids)).entries()) {
      if (holding.kind !== "image") throw new Error("expected an image");
      const { owner, byteCount, layer } = holding.bodies;
      const sums = components[i]!.map((_, node) =>
        byteCount.filter((__, row) => owner[row] === node).reduce((a, b) => a + b, 0),
      );
      expect(sums).toEqual(components[i]!.map(({ selfSize }) => selfSize));
      expect(Math.max(...layer)).toBe(holding.layers.length - 1);
    }
  });

  it("gives the remedy for an image whose files are not packed, and the remedy packs them as the scan did", async () => {
    const select = "SELECT to_jsonb(packed_files) AS packed FROM packed_files ORDER BY artifact_id";
    const scanned = await database.pool.query(select);
    const id = await idOf("mirrored:1");
    await database.pool.query(
      "UPDATE packed_files SET engine_version = 1, body = '', place = '' WHERE artifact_id = $1",
      [id],
    );
    await expect(loadHoldings(database.pool, [id])).rejects.toThrow("stratigraph migrate --rebuild");
    await runCliJson(["migrate", "--rebuild"], { databaseUrl: database.url });
    expect((await database.pool.query(select)).rows).toEqual(scanned.rows);
  });

  it("removes the packed files of an image that is removed", async () => {
    const id = await idOf("mirrored:1");
    await runCliJson(["rm", "mirrored:1"], { databaseUrl: database.url });
    const { rows } = await database.pool.query("SELECT FROM packed_files WHERE artifact_id = $1", [id]);
    expect(rows).toEqual([]);
    await expect(loadHoldings(database.pool, [id])).rejects.toThrow(GoneError);
  });
});
