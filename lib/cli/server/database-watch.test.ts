import { once } from "node:events";
import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Database, openDatabase } from "#lib/db/server/database.ts";
import { type DataHome, makeDataHome } from "#testing/run/data-home.ts";
import { openTestDatabase } from "#testing/run/database.ts";
import { DatabaseWatch, sendUnavailable } from "./database-watch.ts";

let home: DataHome;
let database: Database;
let watch: DatabaseWatch;
let server: Server;
const lines: string[] = [];

beforeEach(() => {
  home = makeDataHome();
  lines.length = 0;
});

afterEach(async () => {
  watch.stop();
  server.closeAllConnections();
  server.close();
  await database.close();
  await home.remove();
});

/** A server whose pages are one query, behind the watch like the real ones. */
async function serve(opened: Database): Promise<string> {
  database = opened;
  watch = new DatabaseWatch(database, (line) => lines.push(line));
  const answer = async (response: ServerResponse) => {
    if (!(await watch.isUp())) return sendUnavailable(response);
    const { rows } = await database.pool.query<{ count: number }>("SELECT count(*)::int AS count FROM artifact");
    response.end(`${rows[0]!.count} artifacts`);
  };
  // A page fails if its query was running, like those of Next.js.
  server = createServer((_request, response) => {
    answer(response).catch((error: Error) => response.writeHead(500).end(error.message));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

async function get(url: string): Promise<{ status: number; body: string; again: string | null }> {
  const response = await fetch(url);
  return { status: response.status, body: await response.text(), again: response.headers.get("retry-after") };
}

async function untilServed(url: string): Promise<void> {
  while ((await get(url)).status !== 200) await sleep(50);
}

describe("pages whose database ends", () => {
  it.each(["SIGKILL", "SIGINT", "SIGQUIT"] as const)("say so, and come back by themselves (%s)", async (signal) => {
    const url = await serve(await openDatabase(home.environment));
    expect(await get(url)).toMatchObject({ status: 200, body: "0 artifacts" });
    process.kill(home.postmaster()!, signal);
    await once(database.pool, "error");
    const meanwhile = await Promise.all(Array.from({ length: 20 }, () => get(url)));
    for (const { status, body, again } of meanwhile) {
      expect(status).toBe(503);
      expect(body).toContain("The database does not answer");
      expect(again).toBe("2");
    }
    await untilServed(url);
    expect(lines).toEqual([expect.stringMatching(/^the database does not answer/), "the database answers again"]);
  });

  it("answer again after one backend was killed", async () => {
    const url = await serve(await openDatabase(home.environment));
    const { rows } = await database.pool.query<{ pid: number }>("SELECT pg_backend_pid() AS pid");
    process.kill(rows[0]!.pid, "SIGKILL");
    await untilServed(url);
    expect(await get(url)).toMatchObject({ status: 200 });
  });
});

describe("pages with an external database server", () => {
  it("answer again after the server has ended all connections (57P01)", async () => {
    const url = await serve(await openTestDatabase());
    await get(url);
    const other = new pg.Client(database.config);
    await other.connect();
    const ended = once(database.pool, "error");
    await other.query(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = current_database()",
    );
    await ended;
    await other.end();
    await untilServed(url);
    expect(await get(url)).toMatchObject({ status: 200 });
  });
});
