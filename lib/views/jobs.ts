import "server-only";
import { listDeliveries } from "#lib/db/jobs/list-deliveries.ts";
import { countJobs, listJobs } from "#lib/db/jobs/list-jobs.ts";
import { listWatches } from "#lib/db/jobs/list-watches.ts";
import { queueWish, type ScanWish } from "#lib/jobs/page-scans.ts";
import { withQueue } from "#lib/jobs/queue.ts";
import { isUploadId } from "#lib/jobs/uploads/upload-store.ts";
import type { Deliveries } from "#lib/model/delivery.ts";
import type { Job, JobCounts } from "#lib/model/job.ts";
import type { Watch } from "#lib/model/watch.ts";
import { type Activity, listOutsideQueue, loadActivity } from "./activity.ts";
import { database } from "./database.ts";
import { cancelUpload } from "./uploads.ts";

export type { JobCounts } from "#lib/model/job.ts";

const MAX_JOBS = 200;
const MAX_DELIVERIES = 50;

export interface JobsView {
  readonly jobs: readonly Job[];
  readonly counts: JobCounts;
  readonly watches: readonly Watch[];
  readonly deliveries: Deliveries;
  readonly activity: Activity;
  /** Milliseconds since the epoch, for the first picture of the page. */
  readonly now: number;
}

export async function loadJobs(): Promise<JobsView> {
  // First: if a job ends while the rest is loaded, its stamp has changed, and the page reloads.
  const activity = await loadActivity();
  const db = await database();
  const [outside, jobs, counts, watches, deliveries] = await Promise.all([
    listOutsideQueue(),
    listJobs(db, MAX_JOBS),
    countJobs(db),
    listWatches(db),
    listDeliveries(db, MAX_DELIVERIES),
  ]);
  return { jobs: [...outside, ...jobs], counts, watches, deliveries, activity, now: Date.now() };
}

/** Queues the scans that a person asked for, all or none. Throws UsageError if one is misspelt, not allowed, or one too many. */
export async function queueScans(wish: ScanWish): Promise<void> {
  await queueWish(await database(), wish);
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const WATCH_KEY = /^[0-9a-f]{64}$/;

/** Cancels a job or an upload, queues a job or a failed request to the webhook again, removes it from the list, or ends a watch. False if there is no such job or change. */
export async function changeJob(id: string, change: string): Promise<boolean> {
  if (WATCH_KEY.test(id) && change === "unwatch") return withQueue(await database(), (queue) => queue.unwatch(id));
  if (isUploadId(id) && change === "cancel") return cancelUpload(id);
  if (!UUID.test(id)) return false;
  return withQueue(await database(), async (queue) => {
    if (change === "cancel") return queue.cancel(id);
    if (change === "again") return (await queue.again(id)) || queue.redeliver(id);
    return change === "remove" && queue.remove(id);
  });
}
