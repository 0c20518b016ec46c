import { createHash } from "node:crypto";
import type { Pool } from "pg";
import { PgBoss } from "pg-boss";
import { toJobDatabase } from "#lib/db/jobs/job-database.ts";
import { deleteJobProgress } from "#lib/db/jobs/job-progress.ts";
import { countJobs, findJob, SCAN_QUEUE } from "#lib/db/jobs/list-jobs.ts";
import { QuotaError, UnreachableError } from "#lib/model/problem.ts";
import type { ScanRequest } from "#lib/scan/scan-request.ts";

/** Jobs that may wait at once. */
const MAX_WAITING = 1000;
/** A job may end between the attempt to add its twin and the look for it. */
const MAX_SEND_TRIES = 5;

/** How a queued scan is tried. The times are seconds. */
const POLICY = {
  // One unfinished job per key: the same scan is not queued twice.
  policy: "exclusive",
  // Ten minutes in all: a registry that restarts, a worker that is killed again and again.
  retryLimit: 8,
  retryDelay: 2,
  retryBackoff: true,
  retryDelayMax: 240,
  // The longest that pg-boss allows. A scan is watched by its guard, and a worker by its heartbeat.
  expireInSeconds: 24 * 60 * 60,
  heartbeatSeconds: 10,
  deleteAfterSeconds: 7 * 24 * 60 * 60,
} as const;

/** Changes to the queue of scans. */
export interface JobQueue {
  /** Adds a scan, or finds the same scan that runs or waits already. Throws QuotaError if too many wait. */
  add(request: ScanRequest): Promise<string>;
  /** Ends a job that runs or waits; nothing half done of it is stored. False if there is no such job. */
  cancel(id: string): Promise<boolean>;
  /** Queues the scan of an ended job again, in its place. False if there is no such job. */
  again(id: string): Promise<boolean>;
  /** Removes an ended job from the list. False if there is no such job. */
  remove(id: string): Promise<boolean>;
}

/** Opens pg-boss on this pool, and makes or updates its tables in the schema `pgboss`. */
export async function startBoss(pool: Pool, options: { readonly isWorker: boolean }): Promise<PgBoss> {
  const boss = new PgBoss({
    db: toJobDatabase(pool),
    schedule: false,
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
  await boss.start();
  await boss.createQueue(SCAN_QUEUE, POLICY);
  return boss;
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
  const find = async (id: string) => (await boss.findJobs<ScanRequest>(SCAN_QUEUE, { id }))[0];
  const remove = async (id: string) => {
    await boss.deleteJob(SCAN_QUEUE, id);
    await deleteJobProgress(pool, id);
  };
  return {
    add: (request) => add(boss, pool, request),
    cancel: async (id) => {
      if ((await find(id)) === undefined) return false;
      await boss.cancel(SCAN_QUEUE, id);
      await deleteJobProgress(pool, id);
      return true;
    },
    again: async (id) => {
      const job = await find(id);
      if (job === undefined || isUnfinished(job.state)) return false;
      await add(boss, pool, job.data);
      await remove(id);
      return true;
    },
    remove: async (id) => {
      const job = await find(id);
      if (job === undefined || isUnfinished(job.state)) return false;
      await remove(id);
      return true;
    },
  };
}

function isUnfinished(state: string): boolean {
  return state === "created" || state === "retry" || state === "active";
}

async function add(boss: PgBoss, pool: Pool, request: ScanRequest): Promise<string> {
  if ((await countJobs(pool)).waiting >= MAX_WAITING)
    throw new QuotaError(`${MAX_WAITING} scans are waiting: cancel some, or start another worker`);
  const singletonKey = toKey(request);
  for (let tries = 0; tries < MAX_SEND_TRIES; tries++) {
    const id = (await boss.send(SCAN_QUEUE, request, { singletonKey })) ?? (await findJob(pool, singletonKey));
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
