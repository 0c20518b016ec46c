import "server-only";
import { scanUnderWay } from "#lib/answers/scan-under-way.ts";
import { getJobsStamp, listCurrentJobs } from "#lib/db/jobs/list-jobs.ts";
import { getListStamp } from "#lib/db/queries/get-list-stamp.ts";
import { toUnreachable } from "#lib/db/unreachable.ts";
import { listUploads, type Upload } from "#lib/jobs/uploads/upload-store.ts";
import { type Job, OWN_SCAN } from "#lib/model/job.ts";
import { database } from "./database.ts";

/** Jobs sent to each open page, twice a second. */
const MAX_SENT_JOBS = 50;
/** Milliseconds between two looks at the database while pages are open: one look for all of them. */
const LOOK_EVERY_MS = 500;
/** Open pages that one server keeps informed. */
const MAX_FOLLOWERS = 500;

/** What is going on, for every open page. */
export interface Activity {
  /** A text that changes with the list of artifacts, and one that changes with the list of jobs. */
  readonly stamp: string;
  readonly jobsStamp: string;
  /** The scan of this server's own command line, archives that arrive, and the jobs that run, wait or failed in the last hour. */
  readonly jobs: readonly Job[];
}

export async function loadActivity(): Promise<Activity> {
  const db = await database();
  const [stamp, jobsStamp, jobs, own] = await Promise.all([
    getListStamp(db),
    getJobsStamp(db),
    listCurrentJobs(db, MAX_SENT_JOBS),
    listOutsideQueue(),
  ]);
  return { stamp, jobsStamp: [jobsStamp, ...own.map(({ source }) => source)].join(" "), jobs: [...own, ...jobs] };
}

/** The scan of this server's own command line, and archives that arrive. */
export async function listOutsideQueue(): Promise<Job[]> {
  const uploads = (await listUploads()).filter(({ receivedBytes, byteCount }) => receivedBytes < byteCount);
  return [...listOwnScan(), ...uploads.map(toUploadJob)];
}

function toUploadJob({ id, name, receivedBytes, byteCount, changedAt }: Upload): Job {
  const times = { requestedAt: changedAt, startedAt: undefined, endedAt: undefined, nextTryAt: undefined };
  const upload = { receivedBytes, byteCount, changedAt };
  const nothing = { tryCount: 0, progress: undefined, report: undefined };
  return { id, source: `docker-archive:${name}`, state: "uploading", ...times, ...nothing, upload, isUpload: true };
}

/** The scan of this process, which is no job of the queue: nothing can be done about it here. */
function listOwnScan(): Job[] {
  const scan = scanUnderWay();
  if (scan === undefined) return [];
  const { progress, startedAt } = scan;
  const times = { requestedAt: startedAt, startedAt, endedAt: undefined, nextTryAt: undefined };
  const nothing = { report: undefined, upload: undefined, isUpload: false };
  return [{ id: OWN_SCAN, source: progress.source, state: "running", ...times, ...nothing, tryCount: 1, progress }];
}

interface Follower {
  readonly send: (activity: string) => void;
  /** Nothing more will be sent. */
  readonly fail: (reason: unknown) => void;
}

const followers = new Set<Follower>();
let latest: string | undefined;
let isLooking = false;

/**
 * Sends `follower` the activity as JSON, now and whenever it changes, until the returned function is called. `undefined` if too many
 * pages are open.
 */
export function followActivity(follower: Follower): (() => void) | undefined {
  if (followers.size >= MAX_FOLLOWERS) return undefined;
  followers.add(follower);
  if (latest !== undefined) follower.send(latest);
  if (!isLooking) void look();
  return () => followers.delete(follower);
}

async function look(): Promise<void> {
  isLooking = true;
  while (followers.size > 0) {
    try {
      const activity = await loadText();
      if (activity !== undefined && activity !== latest) {
        latest = activity;
        for (const follower of followers) follower.send(activity);
      }
    } catch (error) {
      for (const follower of followers) follower.fail(error);
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
  isLooking = false;
  latest = undefined;
}

/** `undefined` while the database does not answer: pages keep what they show. */
async function loadText(): Promise<string | undefined> {
  try {
    return JSON.stringify(await loadActivity());
  } catch (error) {
    if (toUnreachable(error) === undefined) throw error;
    return undefined;
  }
}
