import { JobList } from "#components/jobs/job-list.tsx";
import { ScanButton } from "#components/jobs/scan-button.tsx";
import { Scanning } from "#components/jobs/scanning.tsx";
import { FollowScans } from "#components/shell/follow-scans.tsx";
import { Command } from "#components/ui/command.tsx";
import type { Activity } from "#lib/views/activity.ts";
import { DropArchives, FoundHere } from "./first-ways.tsx";

const COMMANDS = ["./stratigraph scan docker://debian:trixie", "docker save nginx | ./stratigraph scan -"];

/** The ways into a first scan for an empty database, and the scans under way. The page shows new artifacts by itself. */
export function FirstSteps({ activity }: { activity: Activity }) {
  return (
    <>
      <FollowScans stamp={activity.stamp} />
      <div className="flex items-start justify-between gap-4">
        <Scanning first={activity.jobs} />
        <ScanButton />
      </div>
      <div className="mt-6">
        <JobList jobs={activity.jobs} stamp={activity.stamp} now={Date.now()} currentOnly />
      </div>
      <div className="mt-8 grid grid-cols-[minmax(0,1fr)] gap-x-10 gap-y-8 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <FoundHere />
        <div className="space-y-5 lg:col-start-2">
          <DropArchives />
          <div>
            <h2 className="mb-1.5 text-[0.8125rem] text-dim">Or in a terminal</h2>
            <div className="space-y-1.5">
              {COMMANDS.map((command) => (
                <Command key={command} text={command} />
              ))}
            </div>
          </div>
        </div>
      </div>
    </>
  );
}
