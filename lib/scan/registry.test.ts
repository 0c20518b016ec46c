import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "#lib/db/server/database.ts";
import { writeStreamedLayout } from "#testing/builders/stream-layout.ts";
import { makeCliSession } from "#testing/run/cli-session.ts";
import { openTestDatabase } from "#testing/run/database.ts";
import { areInstalled, PASSWORD, startRegistry, type TestRegistry, USER } from "#testing/run/registry.ts";
import { sharedData } from "#testing/run/shared-data.ts";

const { run: runCli, runJson: runCliJson } = makeCliSession();

interface ScanReport {
  readonly artifacts: readonly { readonly name: string; readonly digest: string }[];
}

const folder = mkdtempSync(join(tmpdir(), "stratigraph-registry-test-"));
const FLEET = ["m-base", "m-base-old", "m-lua", "m-lua-sqlite", "m-old-sqlite", "m-sqlite", "m-sqlite-lua"];
const fleet = sharedData("fleet-mini/oci");

describe.skipIf(!areInstalled("docker-registry", "skopeo", "openssl"))("images of a registry", () => {
  let database: Database;
  let registry: TestRegistry;
  const base = [{ path: "etc/motd", body: "hello" }];
  const top = [{ path: "usr/bin/app", body: "#!/bin/sh\n" }];

  beforeAll(async () => {
    [database, registry] = await Promise.all([openTestDatabase(), startRegistry()]);
    await registry.push(await writeStreamedLayout(join(folder, "base"), [base]), "shop/base:1");
    await registry.push(await writeStreamedLayout(join(folder, "app"), [base, top]), "shop/app:1");
    await registry.push(`oci:${join(folder, "app")}`, "shop/app:2");
  });
  afterAll(async () => {
    await database.close();
    await registry.stop();
    rmSync(folder, { recursive: true });
  });

  const scan = (source: string, environment: Record<string, string> = {}) =>
    runCliJson<ScanReport>(["scan", source], {
      databaseUrl: database.url,
      environment: environment,
    });

  it("downloads only the layers that are not known", async () => {
    await scan(`docker://${registry.host}/shop/base:1`);
    expect(registry.takeSent().map(kindOf)).toEqual(["manifest", "blob", "blob"]);
    await scan(`docker://${registry.host}/shop/app:1`);
    expect(registry.takeSent().map(kindOf)).toEqual(["manifest", "blob", "blob"]);
    await scan(`docker://${registry.host}/shop/app:2`);
    expect(registry.takeSent().map(kindOf)).toEqual(["manifest", "blob"]);
  });

  it("reads all tags, all repositories of a prefix, and a whole registry", async () => {
    const namesOf = async (pattern: string) => {
      const { artifacts } = await scan(`docker://${registry.host}/${pattern}`);
      return artifacts.map(({ name }) => name.slice(registry.host.length)).toSorted();
    };
    expect(await namesOf("shop/app:*")).toEqual(["/shop/app:1", "/shop/app:2"]);
    expect(await namesOf("shop/b*")).toEqual(["/shop/base:1"]);
    expect(await namesOf("")).toEqual(["/shop/app:1", "/shop/app:2", "/shop/base:1"]);
  });

  it("names the nearest tag for one that does not exist, and stores nothing", async () => {
    const run = await runCli(["scan", `docker://${registry.host}/shop/app:11`], { databaseUrl: database.url });
    expect(run.status).toBe(3);
    expect(run.stderr).toContain("no such tag; did you mean :1?");
  });

  it.each(["basic", "token"] as const)("logs in with %s authentication", async (auth) => {
    const guarded = await startRegistry(auth);
    const login = join(folder, `${auth}.json`);
    const auths = { [guarded.host]: { auth: Buffer.from(`${USER}:${PASSWORD}`).toString("base64") } };
    writeFileSync(login, JSON.stringify({ auths }));
    try {
      await guarded.push(`oci:${join(folder, "base")}`, "shop/guarded:1");
      const source = `docker://${guarded.host}/shop/guarded:1`;
      const { artifacts } = await scan(source, { REGISTRY_AUTH_FILE: login });
      expect(artifacts).toHaveLength(1);
      const refused = await runCli(["scan", source], {
        databaseUrl: database.url,
        environment: { REGISTRY_AUTH_FILE: join(folder, "missing.json") },
      });
      expect(refused.status).toBe(4);
      expect(refused.stderr).toMatch(/login/);
    } finally {
      await guarded.stop();
    }
  });

  it.skipIf(fleet === undefined)("gives the same artifacts as from disk", async () => {
    for (const name of FLEET) await registry.push(`oci:${fleet}:${name}`, `fleet/${name}:1`);
    const { artifacts: remote } = await scan(`docker://${registry.host}/fleet/*`);
    const { artifacts: local } = await scan(`oci:${fleet}`);
    expect(remote.map(({ digest }) => digest).toSorted()).toEqual(local.map(({ digest }) => digest).toSorted());
    const { rows } = await database.pool.query(
      "SELECT count(*)::int FROM artifact a JOIN image i ON i.artifact_id = a.id",
    );
    expect(rows).toEqual([{ count: FLEET.length + 2 }]);
  });
});

function kindOf(path: string): "manifest" | "blob" {
  return path.includes("/manifests/") ? "manifest" : "blob";
}
