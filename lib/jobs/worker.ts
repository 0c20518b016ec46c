import { once } from "node:events";
import type { JobWithMetadata } from "pg-boss";
import { SCAN_QUEUE } from "#lib/db/jobs/list-jobs.ts";
import type { Database } from "#lib/db/server/database.ts";
import type { JobReport } from "#lib/model/job.ts";
import type { ScanProgress } from "#lib/model/scan-progress.ts";
import type { ScanRequest } from "#lib/scan/scan-request.ts";
import { type JobEnding, performScan } from "./perform-scan.ts";
import { ProgressWriter } from "./progress-writer.ts";
import { startBoss } from "./queue.ts";

/** What a worker tells of its work. */
export type WorkerEvent =
  | { readonly type: "started"; readonly source: string }
  | ({ readonly type: "progress" } & ScanProgress)
  | { readonly type: "ended"; readonly source: string; readonly ending: JobEnding }
  | { readonly type: "interrupted"; readonly source: string; readonly by: "cancel" | "stop" }
  /** The queue cannot be read; it is tried again. */
  | { readonly type: "trouble"; readonly message: string };

export interface WorkerOptions {
  readonly database: Database;
  /** Ends the worker. */
  readonly signal: AbortSignal;
  readonly onEvent: (event: WorkerEvent) => void;
}

/** Seconds between two looks for a job, and between two signs of life, which also notice that the job was cancelled. */
const POLL_SECONDS = 0.5;
const TOUCH_SECONDS = 0.5;
/** Milliseconds that the end of a worker waits for its scan to be interrupted. */
const STOP_MS = 5000;

const NOTHING_READ = { artifacts: [], artifactCount: 0, layersRead: 0, bytesRead: 0, layersKnown: 0 };

/**
 * Takes scans from the queue, one at a time, until the signal. The job of a worker that is killed is taken by another one after
 * the heartbeat; a worker that is told to stop gives its job back.
 */
export async function runWorker(options: WorkerOptions): Promise<void> {
  const boss = await startBoss(options.database.pool, { isWorker: true });
  boss.on("error", whenInTrouble(options));
  const work = { pollingIntervalSeconds: POLL_SECONDS, heartbeatRefreshSeconds: TOUCH_SECONDS } as const;
  await boss.work<ScanRequest, object, typeof WORK & typeof work>(SCAN_QUEUE, { ...WORK, ...work }, async (jobs) =>
    Promise.all(jobs.map((job) => perform(job, options))),
  );
  if (!options.signal.aborted) await once(options.signal, "abort");
  await boss.stop({ timeout: STOP_MS });
}

/** Reports that the queue cannot be read, and starts the embedded database again: without it nothing else would. */
function whenInTrouble({ database, onEvent }: WorkerOptions): (error: Error) => void {
  let isReviving = false;
  return ({ message }) => {
    onEvent({ type: "trouble", message });
    if (isReviving) return;
    isReviving = true;
    // The next look at the queue reports a database that did not start.
    void database
      .revive()
      .catch(() => undefined)
      .finally(() => {
        isReviving = false;
      });
  };
}

/** The handler decides how each job ends. */
const WORK = { perJobResults: true, includeMetadata: true } as const;

async function perform(job: JobWithMetadata<ScanRequest>, { database, signal, onEvent }: WorkerOptions) {
  const { source } = job.data;
  onEvent({ type: "started", source });
  const writer = new ProgressWriter(database.pool, job.id);
  const onProgress = (progress: ScanProgress) => {
    writer.add(progress);
    onEvent({ type: "progress", ...progress });
  };
  try {
    const both = AbortSignal.any([job.signal, signal]);
    const ending = await performScan(job.data, { database, signal: both, onProgress });
    onEvent({ type: "ended", source, ending });
    return toResult(job.id, ending);
  } catch (error) {
    if (!job.signal.aborted && !signal.aborted) throw error;
    // A cancelled job has ended already, and this result is ignored.
    onEvent({ type: "interrupted", source, by: signal.aborted ? "stop" : "cancel" });
    const report: JobReport = { ...NOTHING_READ, failure: { message: "the worker was stopped", mayPass: true } };
    return toResult(job.id, { status: "later", report });
  } finally {
    await writer.close();
  }
}

/** pg-boss tries a `failed` job again, and not one that is `deadletter`. */
function toResult(id: string, { status, report }: JobEnding) {
  const settled = { completed: "completed", later: "failed", failed: "deadletter" } as const;
  return { id, status: settled[status], output: { report } };
}
