import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { listJobs } from "#lib/db/jobs/list-jobs.ts";
import { type Database, openDatabase } from "#lib/db/server/database.ts";
import { UnreachableError } from "#lib/model/problem.ts";
import { newRequest } from "#lib/scan/new-request.ts";
import { makeTestPlace } from "#testing/run/test-place.ts";
import { withQueue } from "./queue.ts";

// A managed Postgres gives an account that owns one database, or less.

const place = makeTestPlace();
const name = `plain_${randomUUID().replaceAll("-", "")}`;
const request = newRequest("docker://nginx", { baseDir: "/", hasStdin: false, allowed: "remote" });
let owned: Database;

beforeAll(async () => {
  await place.database.pool.query(`CREATE ROLE ${name} LOGIN`);
  await place.database.pool.query(`CREATE DATABASE ${name} OWNER ${name}`);
  const url = new URL(place.database.url);
  url.username = name;
  url.pathname = `/${name}`;
  owned = await openDatabase({ DATABASE_URL: url.href });
});
afterAll(async () => {
  await owned.close();
  await place.database.pool.query(`DROP DATABASE ${name}`);
  await place.database.pool.query(`DROP ROLE ${name}`);
});

it("refuses in one line an account that may not make the queue's tables", async () => {
  await place.database.pool.query(`REVOKE CREATE ON DATABASE ${name} FROM ${name}`);
  const refused = withQueue(owned.pool, (queue) => queue.add(request));
  await expect(refused).rejects.toThrow(UnreachableError);
  await expect(refused).rejects.toThrow(/refuses this account/);
  expect(await listJobs(owned.pool, 5)).toEqual([]);
  await place.database.pool.query(`GRANT CREATE ON DATABASE ${name} TO ${name}`);
});

it("needs no superuser: the owner of a database makes its tables", async () => {
  await withQueue(owned.pool, (queue) => queue.add(request));
  expect(await listJobs(owned.pool, 5)).toMatchObject([{ source: "docker://nginx", state: "waiting" }]);
});
