import { JobList } from "#components/jobs/job-list.tsx";
import { ScanButton } from "#components/jobs/scan-button.tsx";
import { Scanning } from "#components/jobs/scanning.tsx";
import { FollowScans } from "#components/shell/follow-scans.tsx";
import { Command } from "#components/ui/command.tsx";
import type { Activity } from "#lib/views/activity.ts";

const COMMANDS = [
  {
    what: "An image in a registry, or all tags of a repository with :*",
    command: "./stratigraph scan docker://debian:trixie",
  },
  { what: "All images of this machine's Docker or Podman", command: "./stratigraph scan docker-daemon:" },
  { what: "An image saved by Docker or Podman", command: "./stratigraph scan docker-archive:image.tar" },
  { what: "An OCI image layout", command: "./stratigraph scan oci:layout" },
  { what: "This machine's Nix or Guix store", command: "./stratigraph scan nix-store:" },
];

/** The first commands for an empty database, and the scans under way. The page shows new artifacts by itself. */
export function FirstSteps({ activity }: { activity: Activity }) {
  return (
    <>
      <FollowScans stamp={activity.stamp} />
      <div className="flex items-start justify-between gap-4">
        <Scanning first={activity.jobs} />
        <ScanButton />
      </div>
      <div className="mt-6">
        <JobList jobs={activity.jobs} now={Date.now()} currentOnly />
      </div>
      <dl className="mt-8 max-w-2xl space-y-5">
        {COMMANDS.map(({ what, command }) => (
          <div key={command}>
            <dt className="mb-1.5 text-[0.8125rem]">{what}</dt>
            <dd>
              <Command text={command} />
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}
