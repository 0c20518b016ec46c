"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { useActivity } from "#components/jobs/activity.ts";

interface FollowScansProps {
  /** Stamps of the activity from which the page was made; a page without jobs has no second one. */
  readonly stamp: string;
  readonly jobsStamp?: string;
}

/** Reloads a page's data when artifacts or jobs were added, ended or removed since it was made. */
export function FollowScans({ stamp, jobsStamp }: FollowScansProps) {
  const router = useRouter();
  const activity = useActivity();
  const isOld =
    activity !== undefined &&
    (activity.stamp !== stamp || (jobsStamp !== undefined && activity.jobsStamp !== jobsStamp));
  // With every event until it is up to date: something may have changed while it was made.
  useEffect(() => {
    if (activity !== undefined && isOld) router.refresh();
  }, [router, isOld, activity]);
  return null;
}
