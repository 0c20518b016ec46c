"use client";

import Link from "next/link";
import { artifactPath } from "#lib/display/paths.ts";
import { labelText } from "#lib/display/shown-text.ts";
import { type Job, OWN_SCAN } from "#lib/model/job.ts";
import { ChangeButton } from "./change-button.tsx";

/** What can be done about a job: cancel it, try it again, remove it, or open what it stored. */
export function JobAction({ job }: { job: Job }) {
  const { id, state, report } = job;
  if (id === OWN_SCAN) return null;
  if (state === "running" || state === "waiting" || state === "uploading")
    return <JobChange job={job} change="cancel" label="Cancel" />;
  if (state === "cancelled" || state === "failed") return <EndedActions job={job} />;
  const [only] = report?.artifacts ?? [];
  if (only === undefined) return <JobChange job={job} change="remove" label="Remove" />;
  return (
    <Link
      href={report?.artifactCount === 1 ? artifactPath(only.digest) : "/"}
      aria-label={labelText(`Open ${only.name}`)}
      className="text-link"
    >
      {report?.artifactCount === 1 ? "Open" : "Open all"}
    </Link>
  );
}

/** An uploaded file is gone with its job, and bad input stays bad: these cannot be scanned again. */
function EndedActions({ job }: { job: Job }) {
  const canPass = !job.isUpload && job.report?.failure?.mayPass !== false;
  return (
    <span className="flex flex-wrap justify-end gap-x-3">
      {canPass ? (
        <JobChange job={job} change="again" label={job.state === "failed" ? "Try again" : "Scan again"} />
      ) : null}
      <JobChange job={job} change="remove" label="Remove" />
    </span>
  );
}

interface JobChangeProps {
  readonly job: Job;
  readonly change: "cancel" | "again" | "remove";
  readonly label: string;
}

function JobChange({ job: { id, source }, change, label }: JobChangeProps) {
  return <ChangeButton path={`/jobs/${id}/${change}`} label={label} of={source} />;
}
