import { once } from "node:events";
import type { JobWithMetadata } from "pg-boss";
import { listQueuedUploads, SCAN_QUEUE } from "#lib/db/jobs/list-jobs.ts";
import type { Database } from "#lib/db/server/database.ts";
import type { JobReport } from "#lib/model/job.ts";
import type { ScanProgress } from "#lib/model/scan-progress.ts";
import type { ScanRequest } from "#lib/scan/scan-request.ts";
import { machineQueue } from "./machine-queue.ts";
import { type JobEnding, performScan } from "./perform-scan.ts";
import { ProgressWriter } from "./progress-writer.ts";
import { startBoss } from "./queue.ts";
import { removeAbandoned, removeUpload } from "./uploads/upload-store.ts";
import type { WebhookSettings } from "./webhook/webhook-settings.ts";
import { startWebhook, type WebhookEvent } from "./webhook/webhook-worker.ts";

/** What a worker tells of its work. */
export type WorkerEvent =
  | { readonly type: "started"; readonly source: string }
  | ({ readonly type: "progress" } & ScanProgress)
  | { readonly type: "ended"; readonly source: string; readonly ending: JobEnding }
  | { readonly type: "interrupted"; readonly source: string; readonly by: "cancel" | "stop" }
  | WebhookEvent
  /** The queue cannot be read; it is tried again. */
  | { readonly type: "trouble"; readonly message: string };

export interface WorkerOptions {
  readonly database: Database;
  /** Ends the worker. */
  readonly signal: AbortSignal;
  readonly onEvent: (event: WorkerEvent) => void;
  /** Where images that become stale are announced. */
  readonly webhook?: WebhookSettings | undefined;
}

/** Seconds between two looks for a job, and between two signs of life, which also notice that the job was cancelled. */
const POLL_SECONDS = 0.5;
const TOUCH_SECONDS = 0.5;
/** Milliseconds between two looks for abandoned uploads. */
const CLEAN_EVERY_MS = 60 * 60 * 1000;
/** Milliseconds that the end of a worker waits for its scan to be interrupted. */
const STOP_MS = 5000;

const NOTHING_READ = { artifacts: [], artifactCount: 0, layersRead: 0, bytesRead: 0, layersKnown: 0 };

/**
 * Takes scans until the signal: one at a time from the common queue, and beside it one that only this machine can run. Both read at
 * the same time, and write one after the other. The job of a worker that is killed is taken by another one after
 * the heartbeat; a worker that is told to stop gives its job back.
 */
export async function runWorker(options: WorkerOptions): Promise<void> {
  const boss = await startBoss(options.database.pool, { isWorker: true });
  boss.on("error", whenInTrouble(options));
  const work = { pollingIntervalSeconds: POLL_SECONDS, heartbeatRefreshSeconds: TOUCH_SECONDS } as const;
  for (const queue of [SCAN_QUEUE, machineQueue()])
    await boss.work<ScanRequest, object, typeof WORK & typeof work>(queue, { ...WORK, ...work }, async (jobs) =>
      Promise.all(jobs.map((job) => perform(job, options))),
    );
  const stopCleaning = cleanUploads(options);
  const webhook = options.webhook && (await startWebhook(boss, { ...options, settings: options.webhook }));
  if (!options.signal.aborted) await once(options.signal, "abort");
  stopCleaning();
  await webhook?.ended;
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

/** Removes abandoned uploads, now and every hour. Returns the function that ends it. */
function cleanUploads({ database, onEvent }: WorkerOptions): () => void {
  const clean = () =>
    listQueuedUploads(database.pool, machineQueue())
      .then(removeAbandoned)
      .catch((error: Error) => onEvent({ type: "trouble", message: error.message }));
  void clean();
  const timer = setInterval(clean, CLEAN_EVERY_MS).unref();
  return () => clearInterval(timer);
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
    if (ending.status !== "later" || job.retryCount >= job.retryLimit) await removeUpload(job.data.uploadId ?? "");
    onEvent({ type: "ended", source, ending });
    return toResult(job.id, ending);
  } catch (error) {
    if (!job.signal.aborted && !signal.aborted) throw error;
    // A cancelled job has ended already, and this result is ignored.
    if (!signal.aborted) await removeUpload(job.data.uploadId ?? "");
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
