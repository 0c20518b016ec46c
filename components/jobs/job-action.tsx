"use client";

import Link from "next/link";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { postForm } from "#components/ui/post-form.ts";
import { artifactPath } from "#lib/display/paths.ts";
import { labelText } from "#lib/display/shown-text.ts";
import { type Job, OWN_SCAN } from "#lib/model/job.ts";

/** What can be done about a job: cancel it, try it again, remove it, or open what it stored. */
export function JobAction({ job }: { job: Job }) {
  const { id, state, report } = job;
  if (id === OWN_SCAN) return null;
  if (state === "running" || state === "waiting") return <ChangeButton job={job} change="cancel" label="Cancel" />;
  if (state === "cancelled") return <ChangeButton job={job} change="again" label="Scan again" />;
  if (state === "failed" && report?.failure?.mayPass === false)
    return <ChangeButton job={job} change="remove" label="Remove" />;
  if (state === "failed") return <ChangeButton job={job} change="again" label="Try again" />;
  const [only] = report?.artifacts ?? [];
  if (only === undefined) return <ChangeButton job={job} change="remove" label="Remove" />;
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

interface ChangeButtonProps {
  readonly job: Job;
  readonly change: "cancel" | "again" | "remove";
  readonly label: string;
}

/** A form of one button. The page stays; without scripts the form leads to the list of jobs. */
function ChangeButton({ job: { id, source }, change, label }: ChangeButtonProps) {
  const router = useRouter();
  const [isSent, setSent] = useState(false);
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setSent(true);
    await postForm(event.currentTarget);
    router.refresh();
    setSent(false);
  };
  return (
    <form method="post" action={`/jobs/${id}/${change}`} onSubmit={send}>
      <button type="submit" disabled={isSent} aria-label={labelText(`${label} ${source}`)} className="text-link">
        {label}
      </button>
    </form>
  );
}
