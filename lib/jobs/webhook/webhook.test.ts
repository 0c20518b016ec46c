import { createHmac } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { listDeliveries } from "#lib/db/jobs/list-deliveries.ts";
import type { StaleAnswer } from "#lib/model/lineage.ts";
import { buildDockerArchive } from "#testing/builders/image-archive.ts";
import { buildTar } from "#testing/builders/tar.ts";
import { makeCliSession } from "#testing/run/cli-session.ts";
import { serveHttp, type TestServer } from "#testing/run/http-server.ts";
import { makeTestPlace } from "#testing/run/test-place.ts";
import { withQueue } from "../queue.ts";
import { runWorker, type WorkerEvent } from "../worker.ts";
import { readWebhook } from "./webhook-settings.ts";

const { run: runCli, runJson: runCliJson } = makeCliSession();

const place = makeTestPlace();
const SECRET = "a secret of the receiver";
const WITHIN = { timeout: 30_000, interval: 100 };

interface Received {
  readonly headers: Record<string, string | string[] | undefined>;
  readonly body: string;
}

/** What the server got, in order, and what it answers: the last status is for all that follow. */
let received: Received[] = [];
let statuses: number[] = [];
let server: TestServer;

beforeEach(async () => {
  received = [];
  statuses = [200];
  server = await serveHttp((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      received.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
      const status = statuses.length > 1 ? statuses.shift()! : statuses[0]!;
      response.writeHead(status, status === 302 ? { location: "/elsewhere" } : {}).end("ok");
    });
  });
});

afterEach(async () => {
  await server.stop();
  await place.database.pool.query("TRUNCATE artifact, layer, blob, stale_notice CASCADE");
  await place.database.pool.query("DELETE FROM pgboss.job WHERE name = 'webhook'");
});

const layer = (path: string, text: string) => buildTar([{ path, body: text.repeat(10) }]);
const OLD = layer("etc/os", "old");
const NEW = layer("etc/os", "new");
const NEWER = layer("etc/os", "newer");
const APP = layer("srv/app", "app");
const TOOL = layer("srv/tool", "tool");

async function scan(name: string, ...layers: Uint8Array[]): Promise<void> {
  const file = join(place.folder, "image.tar");
  writeFileSync(file, buildDockerArchive(layers, { name, config: { os: "linux", architecture: "amd64" } }));
  const run = await runCli(["scan", `docker-archive:${file}`], { databaseUrl: place.database.url });
  expect(run.stderr).not.toMatch(/error/);
  expect(run.status).toBe(0);
}

/** A worker with the webhook, while `work` runs. */
async function withWorker(work: (events: WorkerEvent[]) => Promise<void>): Promise<void> {
  const stop = new AbortController();
  const events: WorkerEvent[] = [];
  const webhook = { url: new URL(`${server.url}/hook?team=web`), secret: SECRET };
  const onEvent = (event: WorkerEvent) => events.push(event);
  const ended = runWorker({ database: place.database, signal: stop.signal, onEvent, webhook });
  try {
    await vi.waitFor(async () => expect(await hasWebhookQueue()).toBe(true), WITHIN);
    await work(events);
  } finally {
    stop.abort();
    await ended;
  }
}

async function hasWebhookQueue(): Promise<boolean> {
  const text = "SELECT name FROM pgboss.queue WHERE name = 'webhook'";
  return (await place.database.pool.query(text).catch(() => ({ rows: [] }))).rows.length > 0;
}

async function countNotices(): Promise<number> {
  const text = "SELECT count(*)::int AS count FROM stale_notice";
  return (await place.database.pool.query<{ count: number }>(text)).rows[0]!.count;
}

const untilReceived = (count: number) => vi.waitFor(() => expect(received).toHaveLength(count), WITHIN);
const deliveries = () => listDeliveries(place.database.pool, 10);
const bodies = () => received.map(({ body }) => JSON.parse(body) as Record<string, { name: string; wave: number }>);

/** Time for a look and a request that must not be. */
const aWhile = () => pause(3000).then(() => undefined);

describe("an image that becomes stale", () => {
  it("is announced once with its row of `stale --json`, its base, and a signature over the body", async () => {
    await withWorker(async (events) => {
      await scan("os:1", OLD);
      await scan("app:1", OLD, APP);
      await scan("app-tool:1", OLD, APP, TOOL);
      await scan("os:1", NEW);
      await untilReceived(2);
      await aWhile();
      expect(received).toHaveLength(2);
      const stale = await runCliJson<StaleAnswer>(["stale"], { databaseUrl: place.database.url });
      const told = bodies().toSorted((a, b) => a.image!.wave - b.image!.wave);
      const [base] = stale.bases;
      expect(told).toEqual(stale.images.map((image) => ({ event: "image.stale", image, base })));
      expect(told.map(({ image }) => [image!.name, image!.wave])).toEqual([
        ["app:1", 1],
        ["app-tool:1", 2],
      ]);
      for (const { headers, body } of received) {
        expect(headers["x-hub-signature-256"]).toBe(
          `sha256=${createHmac("sha256", SECRET).update(body).digest("hex")}`,
        );
        expect(headers).toMatchObject({ "content-type": "application/json", "x-stratigraph-event": "image.stale" });
      }
      expect(new Set(received.map(({ headers }) => headers["x-stratigraph-delivery"])).size).toBe(2);
      await vi.waitFor(
        async () => expect(await deliveries()).toEqual({ doneCount: 2, open: [], openCount: 0 }),
        WITHIN,
      );
      expect(events.filter(({ type }) => type === "webhook")).toHaveLength(2);
    });
  }, 60_000);

  it("is announced again if its base moves again, and not if it is scanned again", async () => {
    await withWorker(async () => {
      await scan("os:1", OLD);
      await scan("app:1", OLD, APP);
      await scan("os:1", NEW);
      await untilReceived(1);
      await scan("app:1", OLD, APP);
      await scan("os:1", NEW);
      await aWhile();
      expect(received).toHaveLength(1);
      await scan("os:1", NEWER);
      await untilReceived(2);
    });
    // Another worker, later: everything is known.
    await withWorker(aWhile);
    expect(received).toHaveLength(2);
  }, 60_000);

  it("is not announced again when its base or the newer snapshot is removed and scanned again", async () => {
    await withWorker(async () => {
      await scan("os:1", OLD);
      await scan("app:1", OLD, APP);
      await scan("os:1", NEW);
      await untilReceived(1);
      expect((await runCli(["rm", "os:1"], { databaseUrl: place.database.url })).status).toBe(0);
      await aWhile();
      await scan("os:1", NEW);
      await aWhile();
      expect([received.length, await countNotices()]).toEqual([1, 1]);
    });
  }, 60_000);

  it("is forgotten with the image, and with a snapshot that is gone once there is a later one", async () => {
    await withWorker(async () => {
      await scan("os:1", OLD);
      await scan("app:1", OLD, APP);
      await scan("app-tool:1", OLD, TOOL);
      await scan("os:1", NEW);
      await untilReceived(2);
      const { id } = await runCliJson<{ id: string }>(["show", "os:1"], { databaseUrl: place.database.url });
      await scan("os:1", NEWER);
      await untilReceived(4);
      expect(await countNotices()).toBe(4);
      const remove = async (artifact: string, left: number) => {
        expect((await runCli(["rm", artifact], { databaseUrl: place.database.url })).status).toBe(0);
        await vi.waitFor(async () => expect(await countNotices()).toBe(left), WITHIN);
      };
      await remove(id, 2);
      await remove("app-tool:1", 1);
      await remove("app:1", 0);
    });
    expect(received).toHaveLength(4);
  }, 60_000);

  it("is announced once by two workers that see it at the same time", async () => {
    await withWorker(() =>
      withWorker(async () => {
        await scan("os:1", OLD);
        await scan("app:1", OLD, APP);
        await scan("os:1", NEW);
        await untilReceived(1);
        await aWhile();
        expect(received).toHaveLength(1);
      }),
    );
  }, 60_000);

  it("is not announced if it was stale before there was a webhook", async () => {
    await scan("os:1", OLD);
    await scan("app:1", OLD, APP);
    await scan("os:1", NEW);
    // As if it were the first worker with a webhook.
    await place.database.pool.query("UPDATE pgboss.queue SET created_on = clock_timestamp() WHERE name = 'webhook'");
    await withWorker(async () => {
      await aWhile();
      expect(received).toEqual([]);
      // It is scanned now, and stands on the older snapshot.
      await scan("late:1", OLD, TOOL);
      await untilReceived(1);
      expect(bodies()[0]!.image!.name).toBe("late:1");
    });
  }, 60_000);
});

describe("a webhook that does not answer", () => {
  it("is tried again with the same bytes, and a scan meanwhile ends as ever", async () => {
    statuses = [500, 302, 204];
    await withWorker(async (events) => {
      await scan("os:1", OLD);
      await scan("app:1", OLD, APP);
      await scan("os:1", NEW);
      await vi.waitFor(async () => {
        expect((await deliveries()).open).toMatchObject([
          { image: "app:1", state: "waiting", message: `${server.host} answered with 500`, tryCount: 1 },
        ]);
      }, WITHIN);
      await scan("meanwhile:1", TOOL);
      await untilReceived(3);
      expect(new Set(received.map(({ body }) => body)).size).toBe(1);
      expect(new Set(received.map(({ headers }) => headers["x-stratigraph-delivery"])).size).toBe(1);
      await vi.waitFor(async () => expect((await deliveries()).doneCount).toBe(1), WITHIN);
      expect(events.filter(({ type }) => type === "webhook")).toMatchObject([
        { image: "app:1", message: `${server.host} answered with 500` },
        { image: "app:1", message: `${server.host}: a redirect, which is not followed` },
        { image: "app:1", message: undefined },
      ]);
    });
  }, 60_000);

  it("is given up after a number of tries, which is listed, until someone has it tried again", async () => {
    statuses = [404];
    await withWorker(async () => {
      await scan("os:1", OLD);
      await scan("app:1", OLD, APP);
      await scan("os:1", NEW);
      await untilReceived(1);
      // As if the other tries had been made.
      await vi.waitFor(async () => {
        const last = "UPDATE pgboss.job SET retry_count = retry_limit - 1, start_after = now() WHERE state = 'retry'";
        await place.database.pool.query(last);
        expect((await deliveries()).open).toMatchObject([
          { image: "app:1", state: "failed", tryCount: 9, message: `${server.host} answered with 404` },
        ]);
      }, WITHIN);
      const count = received.length;
      statuses = [200];
      const [failed] = (await deliveries()).open;
      expect(await withQueue(place.database.pool, (queue) => queue.redeliver(failed!.id))).toBe(true);
      await untilReceived(count + 1);
      await vi.waitFor(async () => expect((await deliveries()).doneCount).toBe(1), WITHIN);
      expect(await withQueue(place.database.pool, (queue) => queue.redeliver(failed!.id))).toBe(false);
    });
  }, 60_000);
});

describe("the settings", () => {
  it.each([
    [{ STRATIGRAPH_WEBHOOK: "ftp://ci.example/hook" }, /expected an address that begins with https/],
    [{ STRATIGRAPH_WEBHOOK: "ci.example" }, /expected an address that begins with https/],
    [{ STRATIGRAPH_WEBHOOK: "https://me:secret@ci.example" }, /expected an address without a login/],
    [{ STRATIGRAPH_WEBHOOK: "https://ci.example/hook" }, /set STRATIGRAPH_WEBHOOK_SECRET/],
  ])("refuse %j", (environment, message) => {
    expect(() => readWebhook(environment)).toThrow(message);
  });

  it("are none without an address, and the address with the secret else", () => {
    expect(readWebhook({ STRATIGRAPH_WEBHOOK_SECRET: SECRET })).toBeUndefined();
    const environment = { STRATIGRAPH_WEBHOOK: "https://ci.example/hook", STRATIGRAPH_WEBHOOK_SECRET: SECRET };
    expect(readWebhook(environment)).toEqual({ url: new URL("https://ci.example/hook"), secret: SECRET });
  });

  it("are checked before a worker starts", async () => {
    const environment = { STRATIGRAPH_WEBHOOK: "https://ci.example/hook" };
    const run = await runCli(["worker"], { databaseUrl: place.database.url, environment });
    expect(run.status).toBe(2);
    expect(run.stderr.trim()).toBe(
      "stratigraph: error: STRATIGRAPH_WEBHOOK needs a secret: set STRATIGRAPH_WEBHOOK_SECRET",
    );
  });
});
