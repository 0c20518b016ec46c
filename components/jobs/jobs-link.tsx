"use client";

import { ListChecks } from "lucide-react";
import Link from "next/link";
import { useActivity } from "./activity.ts";
import { StateMark } from "./state-mark.tsx";

/** The header's way to the jobs, with a ring and a count while something runs. */
export function JobsLink() {
  const activity = useActivity();
  const count = activity?.jobs.filter(({ state }) => state === "running").length ?? 0;
  return (
    <Link
      href="/jobs"
      className="flex h-8 items-center gap-1 rounded-md px-1 text-[0.8125rem] text-dim hover:bg-shade hover:text-ink sm:gap-1.5 sm:px-2.5"
    >
      {count === 0 ? (
        <>
          <ListChecks aria-hidden size={16} className="sm:hidden" />
          <span className="sr-only sm:not-sr-only">Jobs</span>
        </>
      ) : (
        <>
          <StateMark state="running" />
          <span>
            {count}
            <span className="sr-only sm:not-sr-only"> scanning</span>
          </span>
        </>
      )}
    </Link>
  );
}
