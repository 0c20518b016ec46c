import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildDockerArchive, sha256 } from "#testing/builders/image-archive.ts";
import { buildTar } from "#testing/builders/tar.ts";
import { openTestDatabase } from "#testing/run/database.ts";
import { runCli } from "#testing/run/run-cli.ts";
import type { Database } from "../server/database.ts";
import { listFileHolders } from "./list-holders.ts";
import { searchArtifacts } from "./search-artifacts.ts";
import { searchDigests } from "./search-digests.ts";
import { searchFiles } from "./search-files.ts";

const folder = mkdtempSync(join(tmpdir(), "stratigraph-search-"));
const base = buildTar([
  { path: "usr/bin/perl", body: "perl" },
  { path: "top", body: "top" },
]);
const removes = buildTar([{ path: "usr/bin/.wh.perl" }]);
const renews = buildTar([{ path: "usr/bin/perl", body: "a newer perl" }]);

/** Long names before short ones, so that the scan order differs from the match order. */
const IMAGES: [name: string, layers: Uint8Array[]][] = [
  ["team/m-base-tools:1", [base, renews]],
  ["m-base:1", [base]],
  ["odd-m:1", [base, removes]],
];

let database: Database;
beforeAll(async () => {
  database = await openTestDatabase();
  const sources = IMAGES.map(([name, layers], i) => {
    const file = join(folder, `${i}.tar`);
    writeFileSync(file, buildDockerArchive(layers, { name }));
    return `docker-archive:${file}`;
  });
  const { status } = await runCli(["scan", ...sources], { databaseUrl: database.url });
  expect(status).toBe(0);
});
afterAll(async () => {
  await database.close();
  rmSync(folder, { recursive: true });
});

describe("artifacts", () => {
  const search = async (text: string, limit = 10) =>
    (await searchArtifacts(database.pool, text, limit)).map(({ name }) => name);

  it("lists the best match first: the name, its beginning, a word's beginning, the rest", async () => {
    expect(await search("m-base:1")).toEqual(["m-base:1"]);
    expect(await search("m-")).toEqual(["m-base:1", "team/m-base-tools:1"]);
    expect(await search("m")).toEqual(["m-base:1", "odd-m:1", "team/m-base-tools:1"]);
    expect(await search("m", 1)).toEqual(["m-base:1"]);
    expect(await search("100%")).toEqual([]);
  });
});

describe("files", () => {
  const search = async (text: string, limit = 10) => {
    const { rows, truncated } = await searchFiles(database.pool, text, limit);
    return [
      ...rows.map(
        ({ path, artifactCount, contentCount, bytes }) => `${path} ${artifactCount} ${contentCount} ${bytes}`,
      ),
      ...(truncated ? ["…"] : []),
    ];
  };

  it("finds a file by its name, its path or the end of one, in the images whose containers see it", async () => {
    for (const text of ["perl", "PERL", "per", "bin/perl", "usr/bin/perl", "/usr/bin/perl", "/usr/bin/pe"])
      expect(await search(text)).toEqual(["/usr/bin/perl 2 2 12"]);
  });

  it("finds one at the top, and nothing for a directory, a part of a name, or text of LIKE", async () => {
    expect(await search("/top")).toEqual(["/top 3 1 3"]);
    for (const text of ["erl", "pe", "usr/bin", "usr/bin/", "/", "xbin/perl", "%", "%erl", "p_rl", "to%", "\\top"])
      expect(await search(text)).toEqual([]);
  });

  it("says that more paths match than it lists", async () => {
    expect(await search("per", 1)).toEqual(["/usr/bin/perl 2 2 12"]);
    expect((await search("t", 1)).length).toBe(0);
  });

  it("lists the images with a file by name, each with its own layer and bytes", async () => {
    const list = async (text: string) => {
      const { rows, total } = await listFileHolders(database.pool, "usr/bin/perl", { text, limit: 1 });
      return [...rows.map(({ artifactName, bytes, layer }) => `${artifactName} ${bytes} ${layer}`), total];
    };
    expect(await list("")).toEqual(["m-base:1 4 0", 2]);
    expect(await list("TOOLS")).toEqual(["team/m-base-tools:1 12 1", 1]);
    expect(await list("%")).toEqual([0]);
  });
});

describe("digests", () => {
  const search = async (text: string) =>
    (await searchDigests(database.pool, text, 10)).map(
      ({ what, artifactName, layer, artifactCount }) => `${what} ${artifactName} ${layer} ${artifactCount}`,
    );
  const diffId = sha256(base);

  it("finds a layer by the beginning of its DiffID, with the newest image that has it", async () => {
    const found = ["diffID odd-m:1 0 3"];
    expect(await search(`sha256:${diffId}`)).toEqual(found);
    expect(await search(diffId.slice(0, 7))).toEqual(found);
    expect(await search(diffId.slice(0, 12).toUpperCase())).toEqual(found);
  });

  it("finds an artifact by its own digest", async () => {
    const { rows } = await database.pool.query<{ digest: string }>(
      `SELECT encode(a.digest, 'hex') AS digest FROM artifact a JOIN artifact_name n ON n.artifact_id = a.id WHERE n.name = 'm-base:1'`,
    );
    expect((await search(rows[0]!.digest.slice(0, 16)))[0]).toBe("digest m-base:1 null 1");
  });

  it("does not read a word as a digest", async () => {
    for (const text of ["beef", "facade-tools", `${diffId}0`, "sha256:"]) expect(await search(text)).toEqual([]);
  });
});
