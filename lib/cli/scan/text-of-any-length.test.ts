import { randomBytes, randomInt } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { listDirectories } from "#lib/db/queries/list-directory.ts";
import { loadOwners } from "#lib/db/queries/load-owners.ts";
import type { Database } from "#lib/db/server/database.ts";
import { buildDockerArchive } from "#testing/builders/image-archive.ts";
import { buildTar, type TarMember } from "#testing/builders/tar.ts";
import { buildZip, manifest } from "#testing/builders/zip.ts";
import { makeCliSession } from "#testing/run/cli-session.ts";
import { openTestDatabase } from "#testing/run/database.ts";
import type { CliRun } from "#testing/run/run-cli.ts";

const { run: runCli, runJson: runCliJson } = makeCliSession();

/** Letters that do not compress: Postgres compresses others before it measures an index row. */
const letters = (count: number) => randomBytes(count / 2).toString("hex");

const LONG_DIRECTORY = Array.from({ length: 15 }, () => letters(200)).join("/");
const LONG_NAME = letters(4090);
const HALF_EMOJI = "\\ud83d";

describe("text too long for a row of a B-tree, and invalid text", () => {
  let database: Database;

  beforeAll(async () => {
    database = await openTestDatabase();
  });
  afterAll(() => database.close());

  function scan(members: readonly TarMember[], ...options: string[]): Promise<CliRun> {
    const input = [buildDockerArchive([buildTar(members)])];
    return runCli(["scan", "docker-archive:-", ...options], { databaseUrl: database.url, input });
  }

  const file = (path: string): TarMember => ({ path: "x", body: path.slice(0, 8), pax: { path } });

  async function listNames(name: string, path: string): Promise<string[]> {
    const { rows } = await database.pool.query<{ id: number }>(
      "SELECT artifact_id AS id FROM artifact_name WHERE name = $1",
      [name],
    );
    const artifactId = rows[0]!.id;
    const owners = await loadOwners(database.pool, artifactId);
    const [listed] = await listDirectories(database.pool, { artifactId, paths: [path], limit: 10, owners });
    return listed!.children.map((child) => child.name);
  }

  it("keeps a directory whose path is 3,014 bytes, and lists its contents", async () => {
    expect(await scan([file(`${LONG_DIRECTORY}/file`)], "--name", "deep")).toMatchObject({ status: 0 });
    expect(await listNames("deep", LONG_DIRECTORY)).toEqual(["file"]);
  });

  it("keeps a directory whose name is 4,090 bytes, and lists its contents", async () => {
    expect(await scan([file(`${LONG_NAME}/file`)], "--name", "wide")).toMatchObject({ status: 0 });
    expect(await listNames("wide", LONG_NAME)).toEqual(["file"]);
    expect(await listNames("wide", "")).toEqual([LONG_NAME]);
  });

  it("keeps an image whose name is 10,000 bytes, once after two scans", async () => {
    const name = letters(10_000);
    const seen = () => scan([{ path: "etc/long", body: "a" }], "--name", name);
    expect(await seen()).toMatchObject({ status: 0 });
    expect(await seen()).toMatchObject({ status: 0 });
    const { rows } = await database.pool.query(
      "SELECT length(name) AS letters FROM artifact_name WHERE length(name) > 5000",
    );
    expect(rows).toEqual([{ letters: 10_000 }]);
  });

  it("keeps a package whose purl is 4,000 bytes, and recognises it in another scan", async () => {
    const han = () => Array.from({ length: 200 }, () => String.fromCodePoint(0x4e00 + randomInt(20_000))).join("");
    const manifest = {
      path: "node_modules/b/package.json",
      body: JSON.stringify({ name: han(), version: `1${han()}` }),
    };
    expect(await scan([manifest], "--name", "packages")).toMatchObject({ status: 0 });
    expect(await scan([manifest, file("etc/more")], "--name", "more")).toMatchObject({ status: 0 });
    const { rows } = await database.pool.query("SELECT kind FROM component WHERE octet_length(identity) > 3600");
    expect(rows).toEqual([{ kind: "npm" }]);
  });

  it("keeps halves of emojis in names, versions and dependencies of package.json", async () => {
    const manifest = `{"name":"b${HALF_EMOJI}","version":"1${HALF_EMOJI}","dependencies":{"gone${HALF_EMOJI}":"${HALF_EMOJI}"}}`;
    const run = await scan([{ path: "node_modules/b/package.json", body: manifest }], "--name", "halves");
    expect(run).toMatchObject({ status: 0 });
    const { problems } = await runCliJson<{ problems?: unknown[] }>(["show", "halves"], { databaseUrl: database.url });
    expect(JSON.stringify(problems ?? [])).not.toContain(HALF_EMOJI);
  });

  it("keeps archives in archives whose names are 60,000 bytes, and libraries with halves of emojis and control characters", async () => {
    const long = `${letters(60_000)}\u0001-1\u001b.jar`;
    const needs = `{"targets":{"n":{"A\\u0000${HALF_EMOJI}/1\\u001b${HALF_EMOJI}":{"dependencies":{"B":"${HALF_EMOJI}"}},"B/2":{"runtime":{"B.dll":{}}}}}}`;
    const members = [
      {
        path: "a.jar",
        body: buildZip({ [long]: buildZip({ [long]: buildZip(manifest({ "Bundle-Version": "\u001b[1m" })) }) }),
      },
      { path: "app/A.deps.json", body: needs },
    ];
    const run = await scan(members, "--name", "archives");
    expect(run).toMatchObject({ status: 0 });
    const { rows } = await database.pool.query(
      "SELECT kind, count(*)::int FROM component WHERE kind IN ('maven', 'nuget') GROUP BY 1 ORDER BY 1",
    );
    expect(rows).toEqual([
      { kind: "maven", count: 3 },
      { kind: "nuget", count: 2 },
    ]);
  });
});
