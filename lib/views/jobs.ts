import "server-only";
import { countJobs, listJobs } from "#lib/db/jobs/list-jobs.ts";
import { parsePageRequest } from "#lib/jobs/page-request.ts";
import { withQueue } from "#lib/jobs/queue.ts";
import type { Job, JobCounts } from "#lib/model/job.ts";
import { type Activity, listOwnScan, loadActivity } from "./activity.ts";
import { database } from "./database.ts";

export type { JobCounts } from "#lib/model/job.ts";

const MAX_JOBS = 200;

export interface JobsView {
  readonly jobs: readonly Job[];
  readonly counts: JobCounts;
  readonly activity: Activity;
  /** Milliseconds since the epoch, for the first picture of the page. */
  readonly now: number;
}

export async function loadJobs(): Promise<JobsView> {
  // First: if a job ends while the rest is loaded, its stamp has changed, and the page reloads.
  const activity = await loadActivity();
  const db = await database();
  const [jobs, counts] = await Promise.all([listJobs(db, MAX_JOBS), countJobs(db)]);
  return { jobs: [...listOwnScan(), ...jobs], counts, activity, now: Date.now() };
}

/** Queues the scan of what a person typed. Throws UsageError if it is misspelt, not allowed, or one too many. */
export async function queueScan(text: string): Promise<void> {
  const request = parsePageRequest(text);
  await withQueue(await database(), (queue) => queue.add(request));
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Cancels a job, queues it again, or removes it from the list. False if there is no such job or change. */
export async function changeJob(id: string, change: string): Promise<boolean> {
  if (!UUID.test(id)) return false;
  return withQueue(await database(), async (queue) => {
    if (change === "cancel") return queue.cancel(id);
    if (change === "again") return queue.again(id);
    return change === "remove" && queue.remove(id);
  });
}
