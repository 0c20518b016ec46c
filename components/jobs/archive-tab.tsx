"use client";

import Link from "next/link";
import { postFields } from "#components/ui/post-form.ts";
import { Visible } from "#components/ui/visible.tsx";
import { formatBytes } from "#lib/display/bytes.ts";
import { formatJob } from "#lib/display/job-text.ts";
import { artifactPath } from "#lib/display/paths.ts";
import { labelText } from "#lib/display/shown-text.ts";
import type { Job } from "#lib/model/job.ts";
import { useActivity } from "./activity.ts";
import { DropZone } from "./drop-zone.tsx";
import { ProgressBar } from "./progress-bar.tsx";
import { type FileUpload, stopUpload, useUploads } from "./uploads.ts";
import { useNow } from "./use-now.ts";

/** Archives from this computer: how much of each has arrived, and how far its scan is. */
export function ArchiveTab({ onDone }: { onDone: () => void }) {
  const uploads = useUploads();
  return (
    <>
      <div className="px-5 pt-4 pb-5">
        <UploadList uploads={uploads} />
        <DropZone />
        <p className="mt-4 text-xs text-dim">
          The archive is kept on the server until its scan ends. Closing this dialog does not stop it. Closing the tab
          pauses an upload: choose the same file again to go on.
        </p>
      </div>
      <div className="flex items-center justify-end gap-4 border-t border-line px-5 py-3">
        <Link href="/jobs" onClick={onDone} className="text-link mr-auto">
          All jobs
        </Link>
        <button type="button" onClick={onDone} className="button">
          Close
        </button>
      </div>
    </>
  );
}

/** The uploads of this page. */
export function UploadList({ uploads }: { uploads: readonly FileUpload[] }) {
  if (uploads.length === 0) return null;
  return (
    <ul aria-label="Uploads" className="mb-4 space-y-2 text-[0.8125rem]">
      {uploads.map((each) => (
        <UploadRow key={each.key} upload={each} />
      ))}
    </ul>
  );
}

function UploadRow({ upload }: { upload: FileUpload }) {
  const job = useActivity()?.jobs.find(({ id }) => id === upload.jobId);
  const now = useNow(0);
  const isUnderWay = upload.state === "sending" || job?.state === "running" || job?.state === "waiting";
  return (
    <li className={`rounded-md px-3 py-2.5 ${upload.state === "refused" ? "bg-warn/10" : "bg-wash"}`}>
      <div className="flex items-baseline justify-between gap-3">
        <span className="min-w-0 truncate font-medium">
          <Visible text={upload.name} />
        </span>
        <span className="shrink-0 text-dim">{formatBytes(upload.byteCount)}</span>
      </div>
      {isUnderWay ? (
        <div className="my-2">
          <ProgressBar progress={job?.progress ?? toProgress(upload)} />
        </div>
      ) : null}
      <div className="flex items-baseline justify-between gap-3">
        <span
          role="status"
          className={`min-w-0 wrap-anywhere ${upload.state === "refused" ? "text-warn" : "text-dim"}`}
        >
          <Visible text={uploadText(upload, job, now)} />
        </span>
        <UploadAction upload={upload} job={job} />
      </div>
    </li>
  );
}

/** The bytes that have arrived; all of them while the scan begins. */
function toProgress({ sent, byteCount }: FileUpload) {
  return { phase: "reading", source: "", bytesRead: sent, totalBytes: byteCount } as const;
}

function uploadText(
  { state, sent, byteCount, isConnected, line }: FileUpload,
  job: Job | undefined,
  now: number,
): string {
  if (state === "refused") return line;
  if (state === "waiting") return "Waiting for the upload before it";
  if (state === "queued") return job === undefined ? "Uploaded. Its scan is listed under Jobs." : formatJob(job, now);
  const share = `${formatBytes(sent)} of ${formatBytes(byteCount)}`;
  return isConnected ? `Uploading · ${share}` : `The server does not answer. Trying again from ${share}.`;
}

function UploadAction({ upload, job }: { upload: FileUpload; job: Job | undefined }) {
  if (upload.state === "refused") return null;
  const [only] = job?.report?.artifacts ?? [];
  if (job?.state === "done" && only !== undefined)
    return (
      <Link href={artifactPath(only.digest)} className="text-link">
        Open
      </Link>
    );
  if (upload.state === "queued" && job?.state !== "running" && job?.state !== "waiting") return null;
  const cancel = async () => {
    const id = upload.jobId ?? upload.id;
    stopUpload(upload.key);
    if (id !== undefined) await postFields(`/jobs/${id}/cancel`);
  };
  return (
    <button
      type="button"
      onClick={cancel}
      aria-label={labelText(`Cancel ${upload.name}`)}
      className="text-link shrink-0"
    >
      Cancel
    </button>
  );
}
