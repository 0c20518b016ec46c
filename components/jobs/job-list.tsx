"use client";

import Link from "next/link";
import { useRef } from "react";
import { formatCounted } from "#lib/display/bytes.ts";
import type { Job } from "#lib/model/job.ts";
import { useActivity } from "./activity.ts";
import { JobRow } from "./job-row.tsx";
import { useNow } from "./use-now.ts";

/** Rows of a short list, above other things. */
const MAX_SHORT = 5;

interface JobListProps {
  /** The jobs when the page was made. */
  readonly jobs: readonly Job[];
  /** Only the first of those that run, wait or failed lately: new ones enter the list, and others leave it. */
  readonly currentOnly?: boolean;
  /**
   * The stamp of the artifacts on the page. While they are older than the jobs, ended scans stay listed: they leave in the moment in
   * which their artifacts appear, and nothing jumps twice.
   */
  readonly stamp?: string;
  /** Milliseconds since the epoch: when the page was made. */
  readonly now: number;
}

/** A row for each job. Progress is live; ended jobs change when the page is made again. */
export function JobList({ jobs, currentOnly = false, stamp, now: first }: JobListProps) {
  const now = useNow(first);
  const activity = useActivity();
  const listed = useRef(jobs);
  if (currentOnly && activity !== undefined && (stamp === undefined || activity.stamp === stamp))
    listed.current = activity.jobs;
  const all = withLive(currentOnly ? listed.current : jobs, activity?.jobs ?? []);
  const known = currentOnly ? all.filter(isCurrent) : all;
  const shown = currentOnly ? known.slice(0, MAX_SHORT) : known;
  if (shown.length === 0) return null;
  return (
    <ul aria-label="Jobs" className="border-t border-line text-[0.8125rem]">
      {shown.map((job) => (
        <JobRow key={job.id} job={job} now={now} />
      ))}
      {shown.length === known.length ? null : (
        <li className="border-b border-line py-2 text-dim">
          {formatCounted(known.length - shown.length, "more scan")} under{" "}
          <Link href="/jobs" className="text-link">
            Jobs
          </Link>
        </li>
      )}
    </ul>
  );
}

/** An upload that went through is listed for the dialog that follows it, and on no page. */
function isCurrent({ state }: Job): boolean {
  return state !== "done" && state !== "cancelled";
}

/** The listed jobs, as they are now where that is known. */
function withLive(jobs: readonly Job[], live: readonly Job[]): Job[] {
  return jobs.map((job) => live.find(({ id }) => id === job.id) ?? job);
}
