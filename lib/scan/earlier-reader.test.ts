import { describe, expect, it } from "vitest";
import { listArtifacts } from "#lib/db/queries/list-artifacts.ts";
import { buildDockerArchive } from "#testing/builders/image-archive.ts";
import { buildTar } from "#testing/builders/tar.ts";
import { makeCliSession } from "#testing/run/cli-session.ts";
import { makeTestPlace } from "#testing/run/test-place.ts";

const { run: runCli, runJson: runCliJson } = makeCliSession();

const RECORD = "Package: libc6\nStatus: install ok installed\nArchitecture: amd64\nVersion: 2.41\n\n";
const BASE = buildTar([
  { path: "var/lib/dpkg/status", body: RECORD },
  { path: "var/lib/dpkg/info/libc6.list", body: "/usr/lib/libc.so.6\n" },
  { path: "usr/lib/libc.so.6", body: "libc" },
]);
const image = (name: string, body: string) =>
  buildDockerArchive([BASE, buildTar([{ path: "etc/motd", body }])], { name });

/** Makes everything stored look as if an earlier version had read it, which kept no document and found a package that is none. */
const AGE = `
  UPDATE layer SET reader_version = 0, problems = '[{"code":"bad-tar"}]'; DELETE FROM layer_document;
  UPDATE image SET reader_version = 0; DELETE FROM edge;
  INSERT INTO component (identity, kind, name, version) VALUES ('pkg:generic/mistaken@1', 'other', 'mistaken', '1');
  UPDATE node SET component_id = (SELECT max(id) FROM component)
    WHERE component_id = (SELECT id FROM component WHERE name = 'libc6')`;

interface Scanned {
  readonly artifacts: readonly { readonly id: string; readonly known: boolean }[];
}

interface Closure {
  readonly nodes: readonly { readonly name: string }[];
}

describe("what an earlier version read", () => {
  const place = makeTestPlace();
  const scan = (name: string, body: string) =>
    runCliJson<Scanned>(["scan", "docker-archive:-"], { databaseUrl: place.database.url, input: [image(name, body)] });
  const ask = <T>(...args: string[]) => runCliJson<T>(args, { databaseUrl: place.database.url });
  const query = async (sql: string) => (await place.database.pool.query(sql)).rows;

  it("is read and detected again when it is scanned, under the same id and names, and leaves nothing behind", async () => {
    const { artifacts: before } = await scan("shop/app:1", "one");
    const { nodes } = await ask<Closure>("closure", "shop/app:1");
    const rows = await query("SELECT id FROM artifact");
    await query(AGE);
    expect((await scan("shop/app:2", "one")).artifacts).toEqual([{ ...before[0], known: false, name: "shop/app:2" }]);
    expect(await ask("closure", "shop/app:1")).toMatchObject({ nodes });
    expect(await ask("show", "shop/app:1")).toMatchObject({ names: ["shop/app:2", "shop/app:1"] });
    expect(await query("SELECT FROM component WHERE name = 'mistaken'")).toEqual([]);
    expect(await query("SELECT FROM layer WHERE problems <> '[]' OR reader_version = 0")).toEqual([]);
    // Caches of a running server know artifacts by row: it is another one.
    expect(await query("SELECT id FROM artifact")).not.toEqual(rows);
    expect((await scan("shop/app:2", "one")).artifacts).toMatchObject([{ known: true }]);
  });

  it("keeps its answers until then, and takes nothing from a layer that another image has brought up to date", async () => {
    await query(AGE);
    await scan("shop/other:1", "two");
    const closure = await ask<Closure>("closure", "shop/app:2");
    expect(closure.nodes.map(({ name }) => name)).toContain("mistaken");
    const { rows } = await listArtifacts(place.database.pool, { limit: 10 });
    expect(Object.fromEntries(rows.map(({ name, isOutdated }) => [name, isOutdated]))).toEqual({
      "shop/app:2": true,
      "shop/other:1": false,
    });
    const other = await ask<Closure>("closure", "shop/other:1");
    expect(other.nodes.map(({ name }) => name).sort()).toEqual(["dpkg database", "libc6", "unowned"]);
    expect(await runCli(["migrate", "--rebuild"], { databaseUrl: place.database.url })).toMatchObject({ status: 0 });
    expect(await ask("closure", "shop/app:2")).toEqual(closure);
  });
});
