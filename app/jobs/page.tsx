import type { Metadata } from "next";
import { DeliveryList } from "#components/jobs/delivery-list.tsx";
import { JobList } from "#components/jobs/job-list.tsx";
import { ScanButton } from "#components/jobs/scan-button.tsx";
import { WatchList } from "#components/jobs/watch-list.tsx";
import { FollowScans } from "#components/shell/follow-scans.tsx";
import { Page } from "#components/shell/page.tsx";
import { Command } from "#components/ui/command.tsx";
import { formatCounted } from "#lib/display/bytes.ts";
import { type JobCounts, loadJobs } from "#lib/views/jobs.ts";

export const metadata: Metadata = { title: "Jobs" };

/** Scans in the background: those that run, wait, failed, and went through. */
export default async function JobsPage() {
  const { jobs, counts, watches, deliveries, activity, now } = await loadJobs();
  return (
    <Page>
      <FollowScans stamp={activity.stamp} jobsStamp={activity.jobsStamp} />
      <div className="mb-6 flex items-start justify-between gap-4">
        <div>
          <h1 className="text-2xl font-medium tracking-tight">Jobs</h1>
          <p role="status" className="mt-1 text-dim">
            {summary(counts)}
          </p>
        </div>
        <ScanButton />
      </div>
      {counts.workers > 0 || counts.waiting === 0 ? null : (
        <div className="mb-6 max-w-2xl">
          <p className="mb-2 text-[0.8125rem] text-warn">No worker is running. Start one to scan what waits:</p>
          <Command text="./stratigraph worker" />
        </div>
      )}
      {jobs.length === 0 ? (
        <p className="text-[0.8125rem] text-dim">
          No scan was asked for in the last seven days. Press Scan…, or the key S on any page.
        </p>
      ) : (
        <>
          <JobList jobs={jobs} now={now} />
          <p className="mt-4 text-xs text-dim">
            Every browser sees the same list. A cancelled scan or upload leaves nothing behind. Ended scans are listed
            for seven days.
          </p>
        </>
      )}
      <WatchList watches={watches} now={now} />
      <DeliveryList deliveries={deliveries} now={now} />
    </Page>
  );
}

function summary({ running, waiting, failed, workers }: JobCounts): string {
  const parts = [
    running > 0 ? `${running} running` : "",
    waiting > 0 ? `${waiting} waiting` : "",
    failed > 0 ? `${failed} failed today` : "",
  ].filter((part) => part !== "");
  return `${parts.length === 0 ? "Nothing is running" : parts.join(", ")}. ${formatCounted(workers, "worker")}.`;
}
