import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Database } from "#lib/db/server/database.ts";
import { hasAllFiles } from "#lib/model/holding.ts";
import { testStorePath } from "#testing/builders/store.ts";
import { file, makeStore } from "#testing/builders/store-items.ts";
import { openTestDatabase } from "#testing/run/database.ts";
import { runCliJson } from "#testing/run/run-cli.ts";
import { loadKeptHoldings } from "./holdings.ts";

const root = mkdtempSync(join(tmpdir(), "stratigraph-kept-"));
const paths = [testStorePath(1, "one"), testStorePath(2, "two")];
let database: Database;
const scan = (...args: string[]) => runCliJson(["scan", `nix-store:${root}`, ...args], { databaseUrl: database.url });

beforeAll(async () => {
  database = await openTestDatabase();
  mkdirSync(root, { recursive: true });
  makeStore(
    root,
    paths.map((path) => ({ path, tree: file(path) })),
  );
});
afterAll(async () => {
  await database.close();
  rmSync(root, { recursive: true });
});

it("the cache of a closure is renewed when files of it become known, and then stays", async () => {
  await scan("--name", "store");
  const { rows } = await database.pool.query<{ id: number }>("SELECT id FROM artifact");
  const hold = async () => (await loadKeptHoldings(database.pool, [rows[0]!]))[0]!;
  const unread = await hold();
  expect([hasAllFiles(unread), await hold()]).toEqual([false, unread]);
  expect(await hold()).toBe(unread);
  await scan("--files", "--root", paths[0]!, "--name", "half");
  const half = await hold();
  expect([half.kind === "closure" && [...half.items.bodies!.known], hasAllFiles(half)]).toEqual([[1, 0], false]);
  await scan("--files", "--name", "store");
  const whole = await hold();
  expect(hasAllFiles(whole)).toBe(true);
  expect(await hold()).toBe(whole);
});
