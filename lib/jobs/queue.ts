import { createHash } from "node:crypto";
import type { Pool } from "pg";
import { PgBoss } from "pg-boss";
import { toJobDatabase } from "#lib/db/jobs/job-database.ts";
import { deleteJobProgress } from "#lib/db/jobs/job-progress.ts";
import { isFailedDelivery, WEBHOOK_QUEUE } from "#lib/db/jobs/list-deliveries.ts";
import { countJobs, findJob, findQueue, SCAN_QUEUE } from "#lib/db/jobs/list-jobs.ts";
import { findWatch, toWatchRule } from "#lib/db/jobs/list-watches.ts";
import { QuotaError, UnreachableError } from "#lib/model/problem.ts";
import { isLocalSource } from "#lib/scan/new-request.ts";
import type { ScanRequest } from "#lib/scan/scan-request.ts";
import { machineQueue } from "./machine-queue.ts";
import { removeUpload } from "./uploads/upload-store.ts";

/** Jobs that may wait at once. */
const MAX_WAITING = 1000;
/** A job may end between the attempt to add its twin and the look for it. */
const MAX_SEND_TRIES = 5;

/** How often a queued scan or request is tried. The times are seconds. */
export const RETRY_POLICY = {
  // Ten minutes in all: a registry that restarts, a worker that is killed again and again.
  retryLimit: 8,
  retryDelay: 2,
  retryBackoff: true,
  retryDelayMax: 240,
  heartbeatSeconds: 10,
  deleteAfterSeconds: 7 * 24 * 60 * 60,
} as const;

const POLICY = {
  ...RETRY_POLICY,
  // One unfinished job per key: the same scan is not queued twice.
  policy: "exclusive",
  // The longest that pg-boss allows. A scan is watched by its guard, and a worker by its heartbeat.
  expireInSeconds: 24 * 60 * 60,
} as const;

/** Changes to the queue of scans. */
export interface JobQueue {
  /**
   * Adds a scan, or finds the same scan that runs or waits already. `where`: any worker, or only those of this machine, where the
   * source is. Throws QuotaError if too many wait.
   */
  add(request: ScanRequest, where?: "anywhere" | "here"): Promise<string>;
  /** Ends a job that runs or waits; nothing of it is stored or kept. False if there is no such job. */
  cancel(id: string): Promise<boolean>;
  /** Queues the scan of an ended job again, in its place. False if there is no such job, or its file was uploaded. */
  again(id: string): Promise<boolean>;
  /** Removes an ended job from the list. False if there is no such job. */
  remove(id: string): Promise<boolean>;
  /** Sends a request to the webhook that failed once more. False if there is no such request. */
  redeliver(id: string): Promise<boolean>;
  /** Scans now, and again after each interval, which replaces another one of the same scan. */
  watch(request: ScanRequest, everyMinutes: number): Promise<void>;
  /** Ends the watch with this key; jobs that wait or run are left alone. False if there is none. */
  unwatch(key: string): Promise<boolean>;
}

/** Opens pg-boss on this pool, and makes or updates its tables in the schema `pgboss`. */
export async function startBoss(pool: Pool, options: { readonly isWorker: boolean }): Promise<PgBoss> {
  const boss = new PgBoss({
    db: toJobDatabase(pool),
    schedule: options.isWorker,
    supervise: options.isWorker,
    registerInstance: options.isWorker,
    // How soon the job of a lost worker is given to another one, beyond the heartbeat.
    superviseIntervalSeconds: 3,
    monitorIntervalSeconds: 3,
    instanceHeartbeatSeconds: 5,
    openTelemetry: { enabled: false },
  });
  // Without a listener an error would end this process. A worker adds its own.
  boss.on("error", () => undefined);
  try {
    await boss.start();
    for (const queue of [SCAN_QUEUE, machineQueue()]) await boss.createQueue(queue, POLICY);
    return boss;
  } catch (error) {
    // Its timers would keep the process alive.
    await boss.stop({ graceful: false });
    throw error;
  }
}

/** Uses the queue. It is opened each time: a request changes it rarely, and pg-boss' timers would outlive a page. */
export async function withQueue<T>(pool: Pool, use: (queue: JobQueue) => Promise<T>): Promise<T> {
  const boss = await startBoss(pool, { isWorker: false });
  try {
    return await use(toQueue(boss, pool));
  } finally {
    await boss.stop({ graceful: false });
  }
}

function toQueue(boss: PgBoss, pool: Pool): JobQueue {
  const change = async (id: string, fits: (job: QueuedJob) => boolean, apply: (job: QueuedJob) => Promise<void>) => {
    const job = await findQueued(boss, pool, id);
    if (job === undefined || !fits(job)) return false;
    await apply(job);
    return true;
  };
  const forget = async ({ id, data }: QueuedJob) => {
    await deleteJobProgress(pool, id);
    await removeUpload(data.uploadId ?? "");
  };
  const remove = async (job: QueuedJob) => {
    await boss.deleteJob(job.queue, job.id);
    await forget(job);
  };
  return {
    add: (request, where = "anywhere") => add(boss, pool, request, where === "here" ? machineQueue() : SCAN_QUEUE),
    cancel: (id) =>
      change(id, isUnfinished, async (job) => {
        await boss.cancel(job.queue, id);
        await forget(job);
      }),
    again: (id) =>
      // An uploaded file has gone with its job.
      change(
        id,
        (job) => !isUnfinished(job) && job.data.uploadId === undefined,
        async (job) => {
          await add(boss, pool, job.data, job.queue);
          await remove(job);
        },
      ),
    remove: (id) => change(id, (job) => !isUnfinished(job), remove),
    redeliver: async (id) => {
      const isThere = await isFailedDelivery(pool, id);
      if (isThere) await boss.retry(WEBHOOK_QUEUE, id);
      return isThere;
    },
    ...toWatches(boss, pool),
  };
}

function toWatches(boss: PgBoss, pool: Pool): Pick<JobQueue, "watch" | "unwatch"> {
  return {
    watch: async (request, everyMinutes) => {
      const queue = isLocalSource(request.source) ? machineQueue() : SCAN_QUEUE;
      const key = toKey(request);
      const options = { key, singletonKey: key, tz: "UTC", missed: "once" } as const;
      await boss.schedule(queue, toWatchRule(everyMinutes, new Date()), request, options);
      await add(boss, pool, request, queue);
    },
    unwatch: async (key) => {
      const queue = await findWatch(pool, key);
      if (queue !== undefined) await boss.unschedule(queue, key);
      return queue !== undefined;
    },
  };
}

interface QueuedJob {
  readonly id: string;
  readonly queue: string;
  readonly state: string;
  readonly data: ScanRequest;
}

async function findQueued(boss: PgBoss, pool: Pool, id: string): Promise<QueuedJob | undefined> {
  const queue = await findQueue(pool, id);
  if (queue === undefined) return undefined;
  const [job] = await boss.findJobs<ScanRequest>(queue, { id });
  return job && { id, queue, state: job.state, data: job.data };
}

function isUnfinished({ state }: QueuedJob): boolean {
  return state === "created" || state === "retry" || state === "active";
}

async function add(boss: PgBoss, pool: Pool, request: ScanRequest, queue: string): Promise<string> {
  if ((await countJobs(pool)).waiting >= MAX_WAITING)
    throw new QuotaError(`${MAX_WAITING} scans are waiting: cancel some, or start another worker`);
  const singletonKey = toKey(request);
  for (let tries = 0; tries < MAX_SEND_TRIES; tries++) {
    const id = (await boss.send(queue, request, { singletonKey })) ?? (await findJob(pool, queue, singletonKey));
    if (id !== undefined) return id;
  }
  throw new UnreachableError("the same scan is queued and ends again and again; try again later");
}

/** Equal for requests of the same scan, whoever asks for it. A hash: a source may be longer than an index entry. */
function toKey({ access, ...what }: ScanRequest): string {
  // An image of a registry is the same from every directory.
  const baseDir = what.source.startsWith("docker://") ? "" : access.baseDir;
  return createHash("sha256")
    .update(JSON.stringify({ ...what, baseDir }))
    .digest("hex");
}
