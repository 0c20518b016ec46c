import type { Job, JobCounts, JobFailure, JobReport, JobState } from "#lib/model/job.ts";
import type { ScanProgress } from "#lib/model/scan-progress.ts";
import type { Queryable } from "../queries/queryable.ts";

/** The queue of scans in pg-boss' tables. Those that only one machine can run have a queue whose name begins with this one and a dot. */
export const SCAN_QUEUE = "scan";
const IS_SCAN = `(j.name = '${SCAN_QUEUE}' OR j.name LIKE '${SCAN_QUEUE}.%')`;

/** A row of pg-boss' table `job`, whose states and columns its documentation describes. */
interface JobRow {
  readonly id: string;
  readonly source: string;
  readonly isUpload: boolean;
  readonly state: keyof typeof STATES;
  readonly retryCount: number;
  readonly startAfter: Date;
  readonly createdOn: Date;
  readonly startedOn: Date | null;
  readonly completedOn: Date | null;
  readonly output: JobOutput | null;
  readonly progress: ScanProgress | null;
}

/** Ours, or pg-boss' own for a job whose worker was lost. */
interface JobOutput {
  readonly report?: JobReport;
  readonly value?: object;
}

const STATES = {
  created: "waiting",
  retry: "waiting",
  active: "running",
  completed: "done",
  cancelled: "cancelled",
  failed: "failed",
} as const satisfies Record<string, JobState>;

const COLUMNS = `j.id, j.data ->> 'source' AS source, j.data ? 'uploadId' AS "isUpload",
  j.state::text AS state, j.retry_count AS "retryCount", j.start_after AS "startAfter",
  j.created_on AS "createdOn", j.started_on AS "startedOn", j.completed_on AS "completedOn", j.output, p.progress`;
const TABLES = `pgboss.job j LEFT JOIN job_progress p ON p.job_id = j.id AND j.state = 'active'`;

/** What ended the try of a worker that was killed, or lost its machine. */
const WORKER_LOST: JobFailure = { message: "the worker stopped answering", mayPass: true };
const NOTHING_READ = { artifacts: [], artifactCount: 0, layersRead: 0, bytesRead: 0, layersKnown: 0 };

/** Running jobs first, then waiting ones in their order, and then those that ended, the last first. */
export async function listJobs(db: Queryable, limit: number): Promise<Job[]> {
  if (!(await hasQueue(db))) return [];
  const { rows } = await db.query<JobRow>(
    `SELECT ${COLUMNS} FROM ${TABLES} WHERE ${IS_SCAN}
     ORDER BY CASE j.state WHEN 'active' THEN 0 WHEN 'retry' THEN 1 WHEN 'created' THEN 1 ELSE 2 END,
       CASE WHEN j.state <= 'active' THEN j.created_on END, j.completed_on DESC, j.id LIMIT $1`,
    [limit],
  );
  return rows.map(toJob);
}

/** The jobs that run, wait, failed in the last hour, or read an upload and ended just now: what a person may want to know now. */
export async function listCurrentJobs(db: Queryable, limit: number): Promise<Job[]> {
  if (!(await hasQueue(db))) return [];
  const { rows } = await db.query<JobRow>(
    `SELECT ${COLUMNS} FROM ${TABLES}
     WHERE ${IS_SCAN} AND (j.state <= 'active' OR j.state = 'failed' AND j.completed_on > now() - interval '1 hour'
       OR j.data ? 'uploadId' AND j.completed_on > now() - interval '10 minutes')
     ORDER BY CASE WHEN j.state = 'active' THEN 0 WHEN j.state < 'active' THEN 1 ELSE 2 END, j.created_on, j.id LIMIT $1`,
    [limit],
  );
  return rows.map(toJob);
}

/** Failed jobs are those of the last day; a worker counts until it misses three signs of life. */
export async function countJobs(db: Queryable): Promise<JobCounts> {
  if (!(await hasQueue(db))) return { waiting: 0, running: 0, failed: 0, workers: 0 };
  const { rows } = await db.query<JobCounts>(
    `SELECT count(*) FILTER (WHERE state < 'active') AS waiting, count(*) FILTER (WHERE state = 'active') AS running,
       count(*) FILTER (WHERE state = 'failed' AND completed_on > now() - interval '1 day') AS failed,
       (SELECT count(*) FROM pgboss.instance
        WHERE stopped_on IS NULL AND heartbeat_on > now() - heartbeat_seconds * interval '3 seconds') AS workers
     FROM pgboss.job j WHERE ${IS_SCAN}`,
  );
  return rows[0]!;
}

/** A text that changes whenever a job, a request to the webhook or a watch is added, starts, ends or is removed. Progress does not change it. */
export async function getJobsStamp(db: Queryable): Promise<string> {
  if (!(await hasQueue(db))) return "";
  const { rows } = await db.query<{ stamp: string }>(
    `SELECT (SELECT count(*) || ' ' || coalesce(extract(epoch FROM max(updated_on)), 0) FROM pgboss.schedule) || ' ' || count(*) || ' ' || coalesce(extract(epoch FROM max(greatest(created_on, started_on, completed_on))), 0)
       || ' ' || count(*) FILTER (WHERE state = 'active') || ' ' || coalesce(sum(retry_count), 0) AS stamp
     FROM pgboss.job j WHERE ${IS_SCAN} OR j.name = 'webhook'`,
  );
  return rows[0]!.stamp;
}

/** The id of the unfinished job of a queue with this key. */
export async function findJob(db: Queryable, queue: string, key: string): Promise<string | undefined> {
  const { rows } = await db.query<{ id: string }>(
    "SELECT id FROM pgboss.job WHERE name = $1 AND singleton_key = $2 AND state <= 'active'",
    [queue, key],
  );
  return rows[0]?.id;
}

/** The queue of a scan. */
export async function findQueue(db: Queryable, id: string): Promise<string | undefined> {
  const { rows } = await db.query<{ name: string }>(`SELECT j.name FROM pgboss.job j WHERE j.id = $1 AND ${IS_SCAN}`, [
    id,
  ]);
  return rows[0]?.name;
}

/** The uploads that unfinished scans of a queue read. */
export async function listQueuedUploads(db: Queryable, queue: string): Promise<Set<string>> {
  if (!(await hasQueue(db))) return new Set();
  const { rows } = await db.query<{ uploadId: string }>(
    `SELECT data ->> 'uploadId' AS "uploadId" FROM pgboss.job WHERE name = $1 AND state <= 'active' AND data ? 'uploadId'`,
    [queue],
  );
  return new Set(rows.map(({ uploadId }) => uploadId));
}

/** False in a database in which nothing was ever queued: pg-boss has made no tables yet. */
export async function hasQueue(db: Queryable): Promise<boolean> {
  const { rows } = await db.query<{ found: boolean }>("SELECT to_regclass('pgboss.instance') IS NOT NULL AS found");
  return rows[0]!.found;
}

function toJob(row: JobRow): Job {
  const state = STATES[row.state];
  return {
    id: row.id,
    source: row.source,
    isUpload: row.isUpload,
    upload: undefined,
    state,
    requestedAt: row.createdOn.getTime(),
    startedAt: row.startedOn?.getTime(),
    endedAt: row.completedOn?.getTime(),
    nextTryAt: row.state === "retry" ? row.startAfter.getTime() : undefined,
    // Raised when the job is taken up again.
    tryCount: row.state === "created" ? 0 : row.retryCount + 1,
    progress: row.progress ?? undefined,
    report: toReport(row.output),
  };
}

function toReport(output: JobRow["output"]): JobReport | undefined {
  if (output?.report !== undefined) return output.report;
  return output?.value === undefined ? undefined : { ...NOTHING_READ, failure: WORKER_LOST };
}
