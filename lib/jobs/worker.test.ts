import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { countJobs, listJobs } from "#lib/db/jobs/list-jobs.ts";
import type { Job } from "#lib/model/job.ts";
import { newRequest } from "#lib/scan/new-request.ts";
import type { TestServer } from "#testing/run/http-server.ts";
import { honestImage, startLyingRegistry } from "#testing/run/lying-registry.ts";
import { makeTestPlace } from "#testing/run/test-place.ts";
import { type JobQueue, withQueue } from "./queue.ts";
import { runWorker, type WorkerEvent } from "./worker.ts";

const place = makeTestPlace();
const ACCESS = { baseDir: "/", hasStdin: false, allowed: "all" } as const;
const { layerDigest } = honestImage();
const WITHIN = { timeout: 40_000, interval: 100 };

/** A registry that sends its one layer only once it is released. */
let registry: TestServer;
let release = Promise.withResolvers<void>();

beforeAll(async () => {
  registry = await startLyingRegistry((path, response) => {
    if (!path.endsWith(`/blobs/${layerDigest}`)) return false;
    void release.promise.then(() => response.end(honestImage().layer));
    return true;
  });
});
afterAll(() => registry.stop());
beforeEach(() => {
  release = Promise.withResolvers();
});
afterEach(async () => {
  release.resolve();
  for (const { id } of await listJobs(place.database.pool, 100)) {
    await change((queue) => queue.cancel(id));
    await change((queue) => queue.remove(id));
  }
  await place.database.pool.query("TRUNCATE artifact, layer, blob CASCADE");
});

const change = <T>(use: (queue: JobQueue) => Promise<T>) => withQueue(place.database.pool, use);
const add = (source: string) => change((queue) => queue.add(newRequest(source, ACCESS)));
const image = () => `docker://${registry.host}/app:1`;

async function jobs(): Promise<Job[]> {
  return listJobs(place.database.pool, 10);
}

async function until(state: Job["state"]): Promise<Job> {
  return vi.waitFor(async () => {
    const [job] = await jobs();
    expect(job?.state).toBe(state);
    return job!;
  }, WITHIN);
}

async function countArtifacts(): Promise<number> {
  const { rows } = await place.database.pool.query("SELECT id FROM artifact");
  return rows.length;
}

/** A worker in this process, as `up` runs one. */
async function withWorker(work: (events: WorkerEvent[]) => Promise<void>): Promise<void> {
  const stop = new AbortController();
  const events: WorkerEvent[] = [];
  const onEvent = (event: WorkerEvent) => events.push(event);
  const ended = runWorker({ database: place.database, signal: stop.signal, onEvent });
  try {
    await work(events);
  } finally {
    stop.abort();
    await ended;
  }
}

describe("a queued scan", () => {
  it("is stored by a worker, and its job says what it read", async () => {
    release.resolve();
    await add(image());
    expect(await countJobs(place.database.pool)).toEqual({ waiting: 1, running: 0, failed: 0, workers: 0 });
    await withWorker(async () => {
      const job = await until("done");
      expect(job.report).toMatchObject({ artifactCount: 1, layersRead: 1, layersKnown: 0 });
      expect(job.report?.artifacts[0]).toMatchObject({ name: expect.stringMatching(/app:1$/), known: false });
      expect(await countArtifacts()).toBe(1);
      expect((await countJobs(place.database.pool)).workers).toBe(1);
    });
    const { rows } = await place.database.pool.query("SELECT * FROM job_progress");
    expect(rows).toEqual([]);
  });

  it("that is asked for twice at once is one job", async () => {
    const both = await Promise.all([add(image()), add(image())]);
    expect(new Set([...both, await add(image())]).size).toBe(1);
    expect(await jobs()).toHaveLength(1);
  });

  it("shows its progress while it runs, and leaves nothing behind when it is cancelled", async () => {
    const id = await add(image());
    await withWorker(async (events) => {
      await vi.waitFor(async () => expect((await jobs())[0]?.progress?.phase).toBe("reading"), WITHIN);
      expect(await change((queue) => queue.cancel(id))).toBe(true);
      await vi.waitFor(() => expect(events.at(-1)).toMatchObject({ type: "interrupted", by: "cancel" }), WITHIN);
    });
    expect((await jobs())[0]?.state).toBe("cancelled");
    expect(await countArtifacts()).toBe(0);
  });

  it("goes back to the queue when its worker is stopped", async () => {
    await add(image());
    await withWorker(() => until("running").then(() => undefined));
    expect((await jobs())[0]).toMatchObject({ state: "waiting", report: { failure: { mayPass: true } } });
    release.resolve();
    await withWorker(() => until("done").then(() => undefined));
  });

  it("is not tried again if its input is bad", async () => {
    writeFileSync(join(place.folder, "no.tar"), "not a tar archive");
    await add(`docker-archive:${join(place.folder, "no.tar")}`);
    await withWorker(async () => {
      const job = await until("failed");
      expect(job).toMatchObject({ tryCount: 1, report: { failure: { mayPass: false } } });
    });
  });

  it("is tried again, later and later, if its source cannot be reached", async () => {
    await add("docker://127.0.0.1:1/app");
    await withWorker(async () => {
      await vi.waitFor(async () => expect((await jobs())[0]?.tryCount).toBeGreaterThanOrEqual(2), WITHIN);
      const [job] = await jobs();
      expect(job?.report?.failure).toMatchObject({ message: "127.0.0.1:1: connection refused", mayPass: true });
    });
  });

  it("can be queued again after it has ended", async () => {
    const id = await add(image());
    await change((queue) => queue.cancel(id));
    expect(await change((queue) => queue.again(id))).toBe(true);
    const [job, ...others] = await jobs();
    expect(others).toEqual([]);
    expect(job).toMatchObject({ state: "waiting", source: image() });
    expect(job?.id).not.toBe(id);
  });
});

it("is taken up by another worker when its own is killed", async () => {
  await add(image());
  const environment = { ...process.env, DATABASE_URL: place.database.url };
  const killed = spawn(process.execPath, ["bin/stratigraph.mjs", "worker"], { env: environment, stdio: "ignore" });
  const ended = once(killed, "exit");
  await until("running");
  killed.kill("SIGKILL");
  await ended;
  release.resolve();
  expect(await countArtifacts()).toBe(0);
  await withWorker(async () => {
    const job = await until("done");
    expect(job.tryCount).toBe(2);
    expect(await countArtifacts()).toBe(1);
  });
});
