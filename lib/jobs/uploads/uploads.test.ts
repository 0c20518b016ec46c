import { existsSync, readdirSync, statSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { listJobs } from "#lib/db/jobs/list-jobs.ts";
import type { Job } from "#lib/model/job.ts";
import { QuotaError } from "#lib/model/problem.ts";
import { MAX_UPLOAD_BYTES } from "#lib/model/upload.ts";
import { buildDockerArchive } from "#testing/builders/image-archive.ts";
import { buildTar } from "#testing/builders/tar.ts";
import { makeTestPlace } from "#testing/run/test-place.ts";
import { machineQueue } from "../machine-queue.ts";
import { withQueue } from "../queue.ts";
import { runWorker } from "../worker.ts";
import { receiveChunk, toUploadRequest } from "./receive-chunk.ts";
import { beginUpload, findUpload, listUploads, removeAbandoned, type Upload, uploadsFolder } from "./upload-store.ts";

const place = makeTestPlace();
const ARCHIVE = buildDockerArchive([buildTar([{ path: "etc/motd", body: "hello" }])], { name: "dropped:1" });
const DAY_MS = 24 * 60 * 60 * 1000;

beforeEach(() => {
  vi.stubEnv("STRATIGRAPH_DATA", place.folder);
});
afterEach(async () => {
  await removeAbandoned(new Set(), Date.now() + 2 * DAY_MS);
  vi.unstubAllEnvs();
});

const stamp = (name: string, byteCount = ARCHIVE.length) => ({ name, byteCount, modifiedAt: 1 });

async function* chunksOf(bytes: Uint8Array, from: number, to: number, size = 1000) {
  for (let at = from; at < to; at += size) yield bytes.subarray(at, Math.min(to, at + size));
}

async function uploadAll(name: string): Promise<Upload> {
  const { id } = await beginUpload(stamp(name));
  return (await receiveChunk(id, 0, chunksOf(ARCHIVE, 0, ARCHIVE.length)))!;
}

describe("an upload", () => {
  it("goes on from where it stopped, and the same file is the same upload", async () => {
    const { id, receivedBytes } = await beginUpload(stamp("web.tar"));
    expect(receivedBytes).toBe(0);
    const broken = async function* () {
      yield* chunksOf(ARCHIVE, 0, 3000);
      throw new Error("the connection broke");
    };
    await expect(receiveChunk(id, 0, broken())).rejects.toThrow("the connection broke");
    const again = await beginUpload(stamp("web.tar"));
    expect(again).toMatchObject({ id, receivedBytes: 3000 });
    const whole = await receiveChunk(id, 3000, chunksOf(ARCHIVE, 3000, ARCHIVE.length));
    expect(whole).toMatchObject({ receivedBytes: ARCHIVE.length, byteCount: ARCHIVE.length });
  });

  it("leaves no hole: bytes beyond what has arrived are not written", async () => {
    const { id } = await beginUpload(stamp("web.tar"));
    const unchanged = await receiveChunk(id, 2000, chunksOf(ARCHIVE, 2000, 3000));
    expect(unchanged).toMatchObject({ receivedBytes: 0 });
  });

  it("is written only to its own folder, whatever its name", async () => {
    for (const name of ["../../evil.tar", "a:b/c\\d\0.tar", ".hidden", "…", "x".repeat(500), "ä".repeat(500)]) {
      const { folder, name: kept } = await beginUpload(stamp(name));
      expect(kept).toMatch(/^[\p{L}\p{N}_+-][\p{L}\p{N}_+.-]*$/u);
      expect(readdirSync(folder).sort()).toEqual([".upload.json", kept].sort());
      expect(statSync(folder).mode & 0o077).toBe(0);
    }
    expect(readdirSync(uploadsFolder())).toHaveLength(6);
  });

  it("is refused at its first chunk if it is no archive, and forgotten", async () => {
    const { id } = await beginUpload(stamp("README.md", 5000));
    const sent = receiveChunk(id, 0, chunksOf(Buffer.alloc(5000, "# Title\n"), 0, 1000));
    await expect(sent).rejects.toThrow(/^README\.md is not a tar archive; docker save/);
    expect(await findUpload(id)).toBeUndefined();
  });

  it("is refused if it is longer than it said", async () => {
    const { id } = await beginUpload(stamp("web.tar", 2048));
    await expect(receiveChunk(id, 0, chunksOf(ARCHIVE, 0, 3000))).rejects.toThrow(/has changed/);
  });

  it("is refused if it is too large, or there are too many", async () => {
    await expect(beginUpload(stamp("huge.tar", MAX_UPLOAD_BYTES + 1))).rejects.toThrow(/64\.0 GiB at most/);
    for (let i = 0; i < 32; i++) await beginUpload(stamp(`web-${i}.tar`));
    await expect(beginUpload(stamp("web-32.tar"))).rejects.toThrow(QuotaError);
  });

  it("is removed after a day without a byte, unless a scan needs it", async () => {
    const { id, folder, name } = await uploadAll("web.tar");
    const before = new Date(Date.now() - DAY_MS - 1000);
    await removeAbandoned(new Set());
    expect(await listUploads()).toHaveLength(1);
    utimesSync(join(folder, name), before, before);
    await removeAbandoned(new Set([id]));
    expect(await listUploads()).toHaveLength(1);
    await removeAbandoned(new Set());
    expect(existsSync(folder)).toBe(false);
  });
});

describe("the scan of an upload", () => {
  const jobs = () => listJobs(place.database.pool, 10);
  const add = (upload: Upload) => withQueue(place.database.pool, (queue) => queue.add(toUploadRequest(upload), "here"));

  async function until(state: Job["state"]): Promise<Job> {
    const stop = new AbortController();
    const ended = runWorker({ database: place.database, signal: stop.signal, onEvent: () => undefined });
    try {
      return await vi.waitFor(
        async () => {
          const [job] = await jobs();
          expect(job?.state).toBe(state);
          return job!;
        },
        { timeout: 40_000, interval: 100 },
      );
    } finally {
      stop.abort();
      await ended;
    }
  }

  afterEach(async () => {
    await withQueue(place.database.pool, async (queue) => {
      for (const { id } of await jobs()) await queue.remove(id);
    });
  });

  it("is a job that says nothing of the server's folders, and its file is removed with it", async () => {
    const upload = await uploadAll("web.tar");
    await add(upload);
    const job = await until("done");
    expect(job).toMatchObject({ source: "docker-archive:web.tar", isUpload: true });
    expect(job.report?.artifacts[0]?.name).toMatch(/dropped:1$/);
    expect(existsSync(upload.folder)).toBe(false);
    expect(JSON.stringify(job)).not.toContain(place.folder);
  });

  it("removes the file of bad input", async () => {
    const bytes = buildTar([{ path: "etc/motd", body: "no image" }]);
    const { id } = await beginUpload(stamp("tree.tar", bytes.length));
    const upload = (await receiveChunk(id, 0, chunksOf(bytes, 0, bytes.length)))!;
    await add(upload);
    const job = await until("failed");
    expect(job.report?.failure).toMatchObject({ mayPass: false });
    expect(existsSync(upload.folder)).toBe(false);
  });

  it("leaves no file when it is cancelled, and the same file can be uploaded again", async () => {
    const upload = await uploadAll("web.tar");
    const jobId = await add(upload);
    await withQueue(place.database.pool, (queue) => queue.cancel(jobId));
    expect(existsSync(upload.folder)).toBe(false);
    expect((await uploadAll("web.tar")).receivedBytes).toBe(ARCHIVE.length);
  });

  it("waits for a worker of this machine", async () => {
    const upload = await uploadAll("web.tar");
    const here = machineQueue();
    await add(upload);
    vi.stubEnv("STRATIGRAPH_DATA", join(place.folder, "elsewhere"));
    expect(machineQueue()).not.toBe(here);
    const stop = new AbortController();
    const ended = runWorker({ database: place.database, signal: stop.signal, onEvent: () => undefined });
    await new Promise((resolve) => setTimeout(resolve, 2000));
    stop.abort();
    await ended;
    expect((await jobs())[0]?.state).toBe("waiting");
    vi.stubEnv("STRATIGRAPH_DATA", place.folder);
    await until("done");
  });
});
