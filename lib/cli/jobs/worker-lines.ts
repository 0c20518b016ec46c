import { formatCounted } from "#lib/display/bytes.ts";
import type { WorkerEvent } from "#lib/jobs/worker.ts";
import { toArtifactId } from "#lib/model/artifact-id.ts";
import type { JobArtifact } from "#lib/model/job.ts";
import { formatProgress } from "../scan/show-progress.ts";
import { print, printProgress, type Terminal } from "../terminal.ts";

/** Prints what a worker does. The same trouble is printed once. */
export function workerPrinter(terminal: Terminal): (event: WorkerEvent) => void {
  let lastTrouble = "";
  return (event) => {
    if (event.type === "progress") {
      printProgress(terminal, formatProgress(event));
      return;
    }
    printProgress(terminal, "");
    if (event.type === "trouble") {
      if (event.message !== lastTrouble) print(terminal, `the queue cannot be read, trying again: ${event.message}`);
      lastTrouble = event.message;
      return;
    }
    lastTrouble = "";
    if (event.type === "webhook") {
      print(terminal, webhookLine(event));
      return;
    }
    for (const line of toLines(event)) print(terminal, line);
  };
}

function webhookLine({ image, message }: WorkerEvent & { type: "webhook" }): string {
  return `${image} is stale: ${message === undefined ? "told the webhook" : `the webhook was not told: ${message}`}`;
}

function toLines(event: Exclude<WorkerEvent, { type: "progress" | "trouble" | "webhook" }>): string[] {
  const { source } = event;
  if (event.type === "started") return [`${source}: scanning`];
  if (event.type === "interrupted")
    return [`${source}: ${event.by === "cancel" ? "cancelled" : "stopped, and given back to the queue"}`];
  const { status, report } = event.ending;
  const { artifacts, artifactCount, failure } = report;
  const lines = artifacts.map(formatArtifact);
  if (artifactCount > artifacts.length)
    lines.push(`${source}: ${formatCounted(artifactCount - artifacts.length, "more image")} stored`);
  if (failure !== undefined)
    lines.push(`${source}: failed${status === "later" ? ", to be tried again" : ""}: ${failure.message}`);
  return lines;
}

function formatArtifact({ name, digest, known, nodeCount, edgeCount, warningCount }: JobArtifact): string {
  const warnings = warningCount === 0 ? "" : `, ${formatCounted(warningCount, "warning")}`;
  const counts = `${nodeCount} components, ${edgeCount} edges${warnings}`;
  return `${name}: ${toArtifactId(digest)}, ${counts}${known ? ", already known" : ""}`;
}
