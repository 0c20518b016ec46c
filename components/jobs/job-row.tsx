import { Visible } from "#components/ui/visible.tsx";
import { formatDuration, formatJob } from "#lib/display/job-text.ts";
import { relativeTime } from "#lib/display/relative-time.ts";
import type { Job } from "#lib/model/job.ts";
import type { ScanProgress } from "#lib/model/scan-progress.ts";
import { JobAction } from "./job-action.tsx";
import { ProgressBar } from "./progress-bar.tsx";
import { StateMark } from "./state-mark.tsx";

/** One job: its name and source, how far it is or how it ended, since when, and what can be done. */
export function JobRow({ job, now }: { job: Job; now: number }) {
  const isRunning = job.state === "running" || job.state === "uploading";
  return (
    <li
      className={`grid grid-cols-[1rem_minmax(0,1fr)_auto] items-center gap-x-3 gap-y-1 border-b border-line py-2 lg:grid-cols-[1rem_minmax(0,17rem)_minmax(0,1fr)_6rem_8rem] lg:gap-x-4 ${isRunning ? "bg-wash shadow-[-0.5rem_0_var(--accent-wash),0.5rem_0_var(--accent-wash)]" : ""}`}
    >
      <StateMark state={job.state} />
      <span className="min-w-0">
        <span className="block truncate font-medium">
          <Visible text={jobName(job)} />
        </span>
        <span className="block truncate font-mono text-xs text-dim">
          <Visible text={job.isUpload ? `${job.source}, uploaded` : job.source} />
        </span>
      </span>
      <span className="col-span-2 col-start-2 row-start-2 min-w-0 lg:col-span-1 lg:col-start-3 lg:row-start-1">
        {isRunning ? (
          <span className="flex min-h-14 flex-wrap content-start items-center gap-x-4 gap-y-1 sm:min-h-0">
            <span className="w-full max-w-80 sm:w-56">
              <ProgressBar progress={job.progress ?? toUploaded(job)} />
            </span>
            <JobText job={job} now={now} />
          </span>
        ) : (
          <JobText job={job} now={now} />
        )}
      </span>
      <time
        dateTime={new Date(since(job)).toISOString()}
        className="hidden text-right whitespace-nowrap text-dim lg:block"
      >
        {timeText(job, now)}
      </time>
      <span className="col-start-3 row-start-1 text-right lg:col-start-5">
        <JobAction job={job} />
      </span>
    </li>
  );
}

/** The bytes of an archive that have arrived, as a bar shows them. */
function toUploaded({ upload }: Job): ScanProgress | undefined {
  if (upload === undefined) return undefined;
  return { phase: "reading", source: "", bytesRead: upload.receivedBytes, totalBytes: upload.byteCount };
}

function JobText({ job, now }: { job: Job; now: number }) {
  const look = job.state === "failed" ? "text-warn" : job.state === "done" ? "" : "text-dim";
  return (
    <span className={`wrap-anywhere ${look}`}>
      <Visible text={formatJob(job, now)} />
    </span>
  );
}

/** The name of the one artifact that was stored; before, the last part of the source. */
function jobName({ report, source }: Job): string {
  if (report?.artifactCount === 1 && report.artifacts[0] !== undefined) return lastPart(report.artifacts[0].name);
  const name = lastPart(source.replace(/^[a-z-]+:(\/\/)?/, "")) || source;
  return name === "-" ? "Standard input" : name;
}

function lastPart(name: string): string {
  return name.replace(/\/+$/, "").split("/").at(-1) ?? name;
}

function since({ endedAt, startedAt, state, requestedAt }: Job): number {
  return endedAt ?? (state === "running" ? startedAt : undefined) ?? requestedAt;
}

/** How long it has run, or took; else when it was asked for, or failed. */
function timeText(job: Job, now: number): string {
  const { state, startedAt, endedAt } = job;
  if (state === "running" && startedAt !== undefined) return formatDuration(now - startedAt);
  if (state === "done" && startedAt !== undefined && endedAt !== undefined) return formatDuration(endedAt - startedAt);
  return relativeTime(since(job), now);
}
