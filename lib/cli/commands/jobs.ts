import type { Command } from "commander";
import { listJobs } from "#lib/db/jobs/list-jobs.ts";
import { formatJob } from "#lib/display/job-text.ts";
import { relativeTime } from "#lib/display/relative-time.ts";
import { column, toTable } from "#lib/exports/table.ts";
import type { Job } from "#lib/model/job.ts";
import { commandLine } from "../next-step.ts";
import { ALL_ROWS } from "../option-values.ts";
import { addQuery } from "../query-command.ts";
import { print, type Terminal } from "../terminal.ts";
import type { Workbench } from "../workbench.ts";
import { writeTable } from "../write-table.ts";

export function addJobsCommand(program: Command, workbench: Workbench): void {
  const command = program
    .command("jobs")
    .description("the queue: scans that run, wait, failed or went through in the last seven days");
  addQuery(command, workbench, "jobs --json", async ({ pool }) => {
    const jobs = await listJobs(pool, ALL_ROWS);
    return { json: () => ({ jobs: jobs.map(toJson) }), print: () => printJobs(workbench.terminal, jobs) };
  });
}

function printJobs(terminal: Terminal, jobs: readonly Job[]): void {
  if (jobs.length === 0) {
    print(terminal, `no scan is queued; ${commandLine("scan", "--queue", "docker://nginx")} queues one`);
    return;
  }
  const now = Date.now();
  const columns = [
    column<Job>("State", "text", ({ state }) => state),
    column<Job>("Source", "text", ({ source }) => source),
    column<Job>("Since", "text", (job) => relativeTime(lastChange(job), now)),
    column<Job>("What", "text", (job) => formatJob(job, now)),
  ];
  writeTable(terminal, toTable("", columns, jobs));
}

function lastChange({ endedAt, startedAt, state, requestedAt }: Job): number {
  return endedAt ?? (state === "running" ? startedAt : undefined) ?? requestedAt;
}

/** The job with its times as ISO 8601. */
function toJson({ requestedAt, startedAt, endedAt, nextTryAt, ...job }: Job) {
  return {
    ...job,
    requestedAt: toIso(requestedAt),
    startedAt: toIso(startedAt),
    endedAt: toIso(endedAt),
    nextTryAt: toIso(nextTryAt),
  };
}

function toIso(ms: number | undefined): string | null {
  return ms === undefined ? null : new Date(ms).toISOString();
}
