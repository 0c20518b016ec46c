import { afterEach, expect, it, vi } from "vitest";
import { listJobs } from "#lib/db/jobs/list-jobs.ts";
import { listWatches, toWatchRule } from "#lib/db/jobs/list-watches.ts";
import { formatInterval, parseInterval } from "#lib/model/watch.ts";
import { newRequest } from "#lib/scan/new-request.ts";
import type { TestServer } from "#testing/run/http-server.ts";
import { startLyingRegistry } from "#testing/run/lying-registry.ts";
import { makeTestPlace } from "#testing/run/test-place.ts";
import { type JobQueue, withQueue } from "./queue.ts";
import { runWorker } from "./worker.ts";

const place = makeTestPlace();
const ACCESS = { baseDir: "/", hasStdin: false, allowed: "all" } as const;
const change = <T>(use: (queue: JobQueue) => Promise<T>) => withQueue(place.database.pool, use);
const watches = () => listWatches(place.database.pool);
const jobs = () => listJobs(place.database.pool, 10);

afterEach(async () => {
  await change(async (queue) => {
    for (const { key } of await watches()) await queue.unwatch(key);
    for (const { id } of await jobs()) {
      await queue.cancel(id);
      await queue.remove(id);
    }
  });
});

it.each([
  ["15m", 15],
  ["6h", 360],
  ["1d", 1440],
  ["30d", 43_200],
])("reads %s", (text, minutes) => {
  expect(parseInterval(text)).toBe(minutes);
  expect(formatInterval(minutes)).toBe(text);
});

it.each(["", "6", "14m", "31d", "-1h", "1.5h", "6 h", "1w"])("refuses %j", (text) => {
  expect(() => parseInterval(text)).toThrow(/from 15m to 30d, such as/);
});

it("lists what is watched with its next time, and replaces the interval of the same scan", async () => {
  const request = newRequest("docker://127.0.0.1:1/app", ACCESS);
  await change((queue) => queue.watch(request, 360));
  await change((queue) => queue.watch(request, 60));
  const [watch, ...others] = await watches();
  expect(others).toEqual([]);
  expect(watch).toMatchObject({ source: request.source, everyMinutes: 60, platform: undefined, manifestsOnly: false });
  expect(watch!.nextAt - Date.now()).toBeGreaterThan(59 * 60_000);
  expect(watch!.nextAt - Date.now()).toBeLessThanOrEqual(60 * 60_000);
  // The first scan is queued at once, and only once.
  expect(await jobs()).toMatchObject([{ source: request.source, state: "waiting" }]);
  expect(await change((queue) => queue.unwatch(watch!.key))).toBe(true);
  expect(await change((queue) => queue.unwatch(watch!.key))).toBe(false);
  expect(await watches()).toEqual([]);
});

it("queues another scan when its time has come", async () => {
  const registry: TestServer = await startLyingRegistry(() => false);
  try {
    const request = newRequest(`docker://${registry.host}/app:1`, ACCESS);
    await change((queue) => queue.watch(request, 15));
    const [watch] = await watches();
    // As if it had begun almost 15 minutes ago: it is due in a few seconds.
    const begun = new Date(Date.now() - 15 * 60_000 + 5000);
    await place.database.pool.query("UPDATE pgboss.schedule SET cron = $1 WHERE key = $2", [
      toWatchRule(15, begun),
      watch!.key,
    ]);
    const stop = new AbortController();
    const ended = runWorker({ database: place.database, signal: stop.signal, onEvent: () => undefined });
    try {
      const isDone = async () => expect((await jobs()).map(({ state }) => state)).toEqual(["done", "done"]);
      await vi.waitFor(isDone, { timeout: 110_000, interval: 500 });
    } finally {
      stop.abort();
      await ended;
    }
    expect((await watches())[0]!.nextAt).toBeGreaterThan(Date.now());
  } finally {
    await registry.stop();
  }
}, 120_000);
