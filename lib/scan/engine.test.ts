import { createReadStream } from "node:fs";
import { createGunzip } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "#lib/db/server/database.ts";
import { buildDockerArchive } from "#testing/builders/image-archive.ts";
import { buildTar } from "#testing/builders/tar.ts";
import { openTestDatabase } from "#testing/run/database.ts";
import { startEngine, type TestEngine } from "#testing/run/engine.ts";
import { areInstalled } from "#testing/run/registry.ts";
import { runCli, runCliJson } from "#testing/run/run-cli.ts";
import { sharedData } from "#testing/run/shared-data.ts";

interface ScanReport {
  readonly artifacts: readonly {
    readonly name: string;
    readonly configDigest: string;
    readonly layersContentSize: number;
    readonly freedSize?: number;
  }[];
}

const motd = buildTar([{ path: "etc/motd", body: "hello" }]);
const app = buildTar([{ path: "app", body: "xyz" }]);
const fleet = sharedData("fleet-mini/docker-save-multi.tar.gz");

describe.skipIf(!areInstalled("podman"))("images of an engine", () => {
  let database: Database;
  let engine: TestEngine;

  beforeAll(async () => {
    [database, engine] = await Promise.all([openTestDatabase(), startEngine()]);
    await engine.load([buildDockerArchive([motd], { names: ["shop/app:1", "shop/app:2"] })]);
    await engine.load([buildDockerArchive([motd, app], { name: "shop/web:1" })]);
  });
  afterAll(async () => {
    await database.close();
    await engine.stop();
  });

  const options = () => ({
    databaseUrl: database.url,
    environment: { DOCKER_HOST: `unix://${engine.socketPath}` },
  });
  const namesOf = async (source: string) => {
    const { artifacts } = await runCliJson<ScanReport>(["scan", source], options());
    return artifacts.map(({ name }) => name.replace(/^localhost\/|^docker\.io\//, "")).toSorted();
  };

  it("are scanned by name, or all of them with all their tags", async () => {
    expect(await namesOf("docker-daemon:shop/web:1")).toEqual(["shop/web:1"]);
    expect(await namesOf("docker-daemon:")).toEqual(["shop/app:1", "shop/app:2", "shop/web:1"]);
  });

  it("say what removing each would free there, if all of them were scanned", async () => {
    // Another image in the database with the layers of shop/web is not in the engine.
    const archive = buildDockerArchive([motd, app], { name: "elsewhere", config: { author: "other" } });
    await runCliJson(["scan", "docker-archive:-"], { ...options(), input: [archive] });
    const { artifacts } = await runCliJson<ScanReport>(["scan", "docker-daemon:"], options());
    const freed = artifacts.map(({ name, freedSize }) => `${name.replace(/^.*shop/, "shop")} ${freedSize}`);
    expect(freed.toSorted()).toEqual(["shop/app:1 0", "shop/app:2 0", "shop/web:1 3"]);
    const { stderr } = await runCli(["scan", "docker-daemon:"], options());
    expect(stderr).toMatch(/shop\/web:1: image .*, removing it would free 3 B/);
    const [one] = (await runCliJson<ScanReport>(["scan", "docker-daemon:shop/web:1"], options())).artifacts;
    expect(one).not.toHaveProperty("freedSize");
  });

  it("that it does not have are an error with the nearest name", async () => {
    const run = await runCli(["scan", "docker-daemon:shop/wed:1"], options());
    expect(run.status).toBe(3);
    expect(run.stderr).toContain("the engine has no image shop/wed:1; did you mean");
  });

  it("need an engine", async () => {
    const environment = { DOCKER_HOST: "unix:///nowhere.sock" };
    const run = await runCli(["scan", "docker-daemon:"], { databaseUrl: database.url, environment });
    expect(run.status).toBe(4);
    expect(run.stderr).toContain("no engine: there is no socket at ");
  });

  it.skipIf(fleet === undefined)("give the same images as the archive they were loaded from", async () => {
    await engine.load(createReadStream(fleet!).pipe(createGunzip()));
    const facts = ({ artifacts }: ScanReport) =>
      artifacts.map(({ configDigest, layersContentSize }) => `${configDigest} ${layersContentSize}`);
    const local = facts(await runCliJson<ScanReport>(["scan", `docker-archive:${fleet}`], options()));
    const loaded = facts(await runCliJson<ScanReport>(["scan", "docker-daemon:"], options()));
    expect(local).toHaveLength(3);
    expect(loaded).toEqual(expect.arrayContaining(local));
  });
});
