import type { Job, JobCounts, JobFailure, JobReport, JobState } from "#lib/model/job.ts";
import type { ScanProgress } from "#lib/model/scan-progress.ts";
import type { Queryable } from "../queries/queryable.ts";

/** The queue of scans in pg-boss' tables. */
export const SCAN_QUEUE = "scan";

/** A row of pg-boss' table `job`, whose states and columns its documentation describes. */
interface JobRow {
  readonly id: string;
  readonly source: string;
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

const COLUMNS = `j.id, j.data ->> 'source' AS source, j.state::text AS state, j.retry_count AS "retryCount", j.start_after AS "startAfter",
  j.created_on AS "createdOn", j.started_on AS "startedOn", j.completed_on AS "completedOn", j.output, p.progress`;
const TABLES = `pgboss.job j LEFT JOIN job_progress p ON p.job_id = j.id AND j.state = 'active'`;

/** What ended the try of a worker that was killed, or lost its machine. */
const WORKER_LOST: JobFailure = { message: "the worker stopped answering", mayPass: true };
const NOTHING_READ = { artifacts: [], artifactCount: 0, layersRead: 0, bytesRead: 0, layersKnown: 0 };

/** Running jobs first, then waiting ones in their order, failed ones, and the others; of ended ones the last first. */
export async function listJobs(db: Queryable, limit: number): Promise<Job[]> {
  if (!(await hasQueue(db))) return [];
  const { rows } = await db.query<JobRow>(
    `SELECT ${COLUMNS} FROM ${TABLES} WHERE j.name = $1
     ORDER BY CASE j.state WHEN 'active' THEN 0 WHEN 'retry' THEN 1 WHEN 'created' THEN 1 WHEN 'failed' THEN 2 ELSE 3 END,
       CASE WHEN j.state <= 'active' THEN j.created_on END, j.completed_on DESC, j.id LIMIT $2`,
    [SCAN_QUEUE, limit],
  );
  return rows.map(toJob);
}

/** The jobs that run, wait, or failed in the last hour, in the same order: what a person may want to know now. */
export async function listCurrentJobs(db: Queryable, limit: number): Promise<Job[]> {
  if (!(await hasQueue(db))) return [];
  const { rows } = await db.query<JobRow>(
    `SELECT ${COLUMNS} FROM ${TABLES}
     WHERE j.name = $1 AND (j.state <= 'active' OR j.state = 'failed' AND j.completed_on > now() - interval '1 hour')
     ORDER BY CASE j.state WHEN 'active' THEN 0 WHEN 'failed' THEN 2 ELSE 1 END, j.created_on, j.id LIMIT $2`,
    [SCAN_QUEUE, limit],
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
     FROM pgboss.job WHERE name = $1`,
    [SCAN_QUEUE],
  );
  return rows[0]!;
}

/** A text that changes whenever a job is added, starts, ends or is removed. Progress does not change it. */
export async function getJobsStamp(db: Queryable): Promise<string> {
  if (!(await hasQueue(db))) return "";
  const { rows } = await db.query<{ stamp: string }>(
    `SELECT count(*) || ' ' || coalesce(extract(epoch FROM max(greatest(created_on, started_on, completed_on))), 0)
       || ' ' || count(*) FILTER (WHERE state = 'active') || ' ' || coalesce(sum(retry_count), 0) AS stamp
     FROM pgboss.job WHERE name = $1`,
    [SCAN_QUEUE],
  );
  return rows[0]!.stamp;
}

/** The id of the unfinished job with this key. */
export async function findJob(db: Queryable, key: string): Promise<string | undefined> {
  const { rows } = await db.query<{ id: string }>(
    "SELECT id FROM pgboss.job WHERE name = $1 AND singleton_key = $2 AND state <= 'active'",
    [SCAN_QUEUE, key],
  );
  return rows[0]?.id;
}

/** False in a database in which nothing was ever queued: pg-boss has made no tables yet. */
async function hasQueue(db: Queryable): Promise<boolean> {
  const { rows } = await db.query<{ found: boolean }>("SELECT to_regclass('pgboss.instance') IS NOT NULL AS found");
  return rows[0]!.found;
}

function toJob(row: JobRow): Job {
  const state = STATES[row.state];
  return {
    id: row.id,
    source: row.source,
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
