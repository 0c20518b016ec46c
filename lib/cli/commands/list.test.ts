import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "#lib/db/server/database.ts";
import { buildDockerArchive } from "#testing/builders/image-archive.ts";
import { buildTar } from "#testing/builders/tar.ts";
import { makeCliSession } from "#testing/run/cli-session.ts";
import { openTestDatabase } from "#testing/run/database.ts";

const { run: runCli, runJson: runCliJson } = makeCliSession();

const LONG = `registry.example/${"team/".repeat(20)}worker:1`;

describe("list", () => {
  let database: Database;
  const list = (...args: string[]) => runCli(["list", ...args], { databaseUrl: database.url });
  const names = async (...args: string[]) => {
    const { artifacts } = await runCliJson<{ artifacts: { name: string }[] }>(["list", ...args], {
      databaseUrl: database.url,
    });
    return artifacts.map(({ name }) => name);
  };

  beforeAll(async () => {
    database = await openTestDatabase();
    const top = buildTar([{ path: ".wh.b" }]);
    const images = [
      { name: "shop/api:1", layers: [buildTar([{ path: "a", body: "a".repeat(500) }])] },
      { name: "shop/web:1", layers: [buildTar([{ path: "b", body: "b".repeat(200) }]), top] },
      { name: LONG, layers: [buildTar([{ path: "c", body: "c".repeat(900) }])] },
    ];
    for (const { name, layers } of images) {
      const input = [buildDockerArchive(layers, { name })];
      await runCli(["scan", "docker-archive:-"], { databaseUrl: database.url, input });
    }
  });
  afterAll(() => database.close());

  it("has headings, and shows when an artifact was scanned", async () => {
    const [head, ...rows] = (await list()).stdout.trimEnd().split("\n");
    expect(head).toMatch(/^Id +Kind +Name +Size +Wasted +Layers +Nodes +Platform +Scanned$/);
    expect(rows).toHaveLength(3);
    expect(rows[1]).toMatch(/ image +shop\/web:1 +200 B +200 B +2 +\d+ .* {2}(?:just now|\d+ minutes? ago)$/);
  });

  it.each([
    [[], [LONG, "shop/web:1", "shop/api:1"]],
    [
      ["--sort", "name"],
      [LONG, "shop/api:1", "shop/web:1"],
    ],
    [
      ["--sort", "bytes"],
      [LONG, "shop/api:1", "shop/web:1"],
    ],
    [
      ["--sort", "wasted", "--filter", "shop"],
      ["shop/web:1", "shop/api:1"],
    ],
    [["--filter", "web"], ["shop/web:1"]],
    [
      ["--filter", "shop/*", "--kind", "image"],
      ["shop/web:1", "shop/api:1"],
    ],
    [["--kind", "closure"], []],
  ])("%j selects and orders, in JSON as well", async (args, expected) => {
    expect(await names(...args)).toEqual(expected);
  });

  it("fits the width of the terminal, with the middle of a name left out", async () => {
    for (const columns of [80, 120]) {
      const environment = { ...process.env, COLUMNS: String(columns) };
      const { stdout } = await runCli(["list"], { databaseUrl: database.url, environment });
      expect(Math.max(...stdout.split("\n").map(({ length }) => length))).toBeLessThanOrEqual(columns);
      expect(stdout).toMatch(/ registry\S*…\S*worker:1 /);
    }
    expect((await list()).stdout).toContain(LONG);
  });

  it("says what to do if nothing matches", async () => {
    const { status, stdout, stderr } = await list("--filter", "nothing-like-it");
    expect([status, stdout, stderr]).toEqual([0, "", "no artifact matches; ./stratigraph list lists all artifacts\n"]);
  });
});
