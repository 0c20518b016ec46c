import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PageFailure } from "#lib/model/page-failure.ts";
import { openTestDatabase } from "#testing/run/database.ts";
import { copyOut } from "./queries/copy-out.ts";
import { whileThere } from "./queries/while-there.ts";
import { openReports } from "./reports/reports.ts";
import type { Database } from "./server/database.ts";
import { openPool, type QueryLimits } from "./server/pool.ts";
import { openNamedSets } from "./sets/named-sets.ts";
import { DatabaseFailure, toUnreachable } from "./unreachable.ts";
import { withWriter } from "./write/transaction.ts";

const SHORT = 200;

let database: Database;
let holder: pg.Client;

beforeAll(async () => {
  database = await openTestDatabase();
  holder = new pg.Client(database.config);
  await holder.connect();
});

afterAll(async () => {
  await holder.end();
  await database.close();
});

async function failureOf(url: string, limits: QueryLimits, ask: (pool: pg.Pool) => Promise<unknown>): Promise<unknown> {
  const pool = openPool(url, limits);
  try {
    return await ask(pool).then(
      () => "no failure",
      (error: unknown) => error,
    );
  } finally {
    await pool.end();
  }
}

/** The same database on a separate port, through connections that the test may break. */
async function openRelay(url: string) {
  const { host = "", port = 5432, database: name } = new pg.Client(url);
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    const upstream = connect(`${host}/.s.PGSQL.${port}`);
    sockets.add(socket);
    socket.on("error", () => undefined).on("close", () => upstream.destroy() && sockets.delete(socket));
    upstream.on("error", () => undefined).on("close", () => socket.destroy());
    socket.pipe(upstream).pipe(socket);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = `postgresql://stratigraph@127.0.0.1:${(server.address() as AddressInfo).port}/${name}`;
  return { url: address, sockets, close: () => server.close() };
}

/** Backends of this database that wait for a table lock. */
const WAITING =
  "FROM pg_locks l JOIN pg_database d ON d.oid = l.database WHERE NOT granted AND relation IS NOT NULL AND datname = current_database()";

/** All kinds of query in the product. Prisma wraps the driver's error twice; COPY fails through its stream. */
const WAYS: Record<string, (pool: pg.Pool) => Promise<unknown>> = {
  "a query": (pool) => pool.query("SELECT id FROM artifact"),
  COPY: (pool) => copyOut(pool, "SELECT id FROM artifact"),
  "Prisma, reading": (pool) => openReports(pool).list(1),
  "Prisma, writing": (pool) => openNamedSets(pool).remove("a"),
};

describe("a database that does not answer in time", () => {
  beforeAll(() => holder.query("BEGIN; LOCK TABLE artifact, report, named_set IN ACCESS EXCLUSIVE MODE"));
  afterAll(() => holder.query("ROLLBACK"));

  it.each(Object.keys(WAYS))("is reported as such by every kind of query: %s", async (way) => {
    const failure = toUnreachable(await failureOf(database.url, { statement_timeout: SHORT }, WAYS[way]!));
    expect(failure).toBeInstanceOf(DatabaseFailure);
    expect(failure).toMatchObject({
      message: expect.stringMatching(
        /^the database took too long to answer; .*\(canceling statement due to [a-z ]+\)$/,
      ),
      digest: PageFailure.tooLong,
    });
  });

  it("is not asked again whether the artifact still exists", async () => {
    const begun = Date.now();
    const ask = (pool: pg.Pool) => whileThere(pool, [{ id: 1 }], () => pool.query("SELECT id FROM artifact"));
    await failureOf(database.url, { statement_timeout: 5 * SHORT }, ask);
    expect(Date.now() - begun).toBeLessThan(2 * 5 * SHORT);
  });
});

describe("a database that stops", () => {
  beforeAll(() => holder.query("BEGIN; LOCK TABLE artifact, report, named_set IN ACCESS EXCLUSIVE MODE"));
  afterAll(() => holder.query("ROLLBACK"));

  /** Ends the backends that wait for the tables, as an administrator or a network failure does. */
  const ENDINGS: Record<string, (sockets: Iterable<Socket>) => unknown> = {
    "its connection is terminated": () => holder.query(`SELECT pg_terminate_backend(pid) ${WAITING}`),
    "its connection breaks": (sockets) => [...sockets].map((socket) => socket.destroy()),
    "its connection is reset": (sockets) => [...sockets].map((socket) => socket.resetAndDestroy()),
  };

  it.each(Object.keys(ENDINGS))("during a query is reported as such by every kind of query: %s", async (ending) => {
    const relay = await openRelay(database.url);
    for (const way of Object.keys(WAYS)) {
      // Backends whose connection broke go on waiting: they are not notified.
      const before = await countWaiting();
      const failing = failureOf(relay.url, {}, WAYS[way]!);
      while ((await countWaiting()) <= before) await sleep(10);
      await ENDINGS[ending]!(relay.sockets);
      const failure = toUnreachable(await failing);
      expect([way, failure?.message]).toEqual([way, expect.stringMatching(/^the database went away; .*\([^()]+\)$/)]);
    }
    relay.close();
  });

  async function countWaiting(): Promise<number> {
    const { rows } = await holder.query<{ count: number }>(`SELECT count(*)::int AS count ${WAITING}`);
    return rows[0]!.count;
  }
});

describe("a database that is gone", () => {
  it.each([
    ["a port without a listener", "postgresql://nobody@127.0.0.1:1/nothing"],
    ["a removed socket", "postgresql://nobody@%2Fnowhere/nothing"],
  ])("is reported as such by every kind of query: %s", async (_name, url) => {
    for (const way of Object.keys(WAYS)) {
      const failure = toUnreachable(await failureOf(url, {}, WAYS[way]!));
      expect([way, failure]).toEqual([way, expect.any(DatabaseFailure)]);
      expect(failure).toMatchObject({
        message: expect.stringMatching(/^the database went away; /),
        digest: PageFailure.unreachable,
      });
    }
  });
});

describe("a writer", () => {
  it("waits for another no longer than the limit, and the message names the reason", async () => {
    const failure = await withWriter(database.pool, () =>
      failureOf(database.url, { lock_timeout: SHORT }, (pool) => withWriter(pool, async () => undefined)),
    );
    expect(toUnreachable(failure)?.message).toMatch(/^another command has been writing to the database for too long; /);
  });

  it("that is suspended does not block others forever", async () => {
    const stopped = failureOf(database.url, { idle_in_transaction_session_timeout: SHORT }, (pool) =>
      withWriter(pool, async (client) => {
        await sleep(3 * SHORT);
        await client.query("SELECT 1");
      }),
    );
    const after = failureOf(database.url, { lock_timeout: 10 * SHORT }, (pool) =>
      withWriter(pool, async () => undefined),
    );
    expect([toUnreachable(await stopped), await after]).toEqual([expect.any(DatabaseFailure), "no failure"]);
  });
});

it("leaves failures of our own queries unchanged", async () => {
  const failure = await failureOf(database.url, {}, (pool) => pool.query("SELECT 1 FROM nowhere"));
  expect([toUnreachable(failure), toUnreachable(new TypeError("x"))]).toEqual([undefined, undefined]);
});
