import type { Job, JobReport } from "#lib/model/job.ts";
import type { LayerProgress, ScanProgress } from "#lib/model/scan-progress.ts";
import { formatBytes, formatCounted } from "./bytes.ts";

/** A job in one line: how far it is, why it failed, or what it stored. `now`: milliseconds since the epoch. */
export function formatJob(job: Job, now: number): string {
  const { state, report, progress } = job;
  if (state === "running") return progress === undefined ? "Starting" : formatReading(progress);
  if (state === "uploading") return formatUploading(job, now);
  if (state === "waiting") return formatWaiting(job, now);
  if (state === "cancelled") return "Cancelled";
  return report === undefined ? "" : (formatFailure(report) ?? formatStored(report));
}

/** `Layer 2 of 3 · 412.0 MiB of 731.9 MiB · the first layer was already known`. */
export function formatReading({ phase, image, ...counts }: ScanProgress): string {
  const images = image !== undefined && image.count > 1 ? [`Image ${image.index + 1} of ${image.count}`] : [];
  if (phase !== "reading") return [...images, PHASES[phase]].join(" · ");
  const { layers, layersRead = 0, layerCount = 0, bytesRead = 0, totalBytes = 0 } = counts;
  const parts = [...images];
  if (layers !== undefined) parts.push(formatLayer(layers));
  else if (layerCount > 0) parts.push(`${layersRead} of ${formatCounted(layerCount, "layer")}`);
  if (totalBytes > 0) parts.push(`${formatBytes(Math.min(bytesRead, totalBytes))} of ${formatBytes(totalBytes)}`);
  else if (bytesRead > 0) parts.push(formatBytes(bytesRead));
  if (layers !== undefined) parts.push(...formatKnown(layers));
  return parts.length === 0 ? PHASES.reading : parts.join(" · ");
}

/** Milliseconds without a byte after which an upload counts as paused: its tab is closed, or offline. */
const PAUSED_AFTER_MS = 15_000;

function formatUploading({ upload }: Job, now: number): string {
  if (upload === undefined) return "Uploading";
  const { receivedBytes, byteCount, changedAt } = upload;
  const sent = `${formatBytes(receivedBytes)} of ${formatBytes(byteCount)}`;
  return now - changedAt < PAUSED_AFTER_MS
    ? `Uploading · ${sent}`
    : `Paused at ${sent}. Choose the same file again to go on.`;
}

const PHASES = { opening: "Opening", reading: "Reading", measuring: "Measuring", writing: "Storing" } as const;

function formatLayer(layers: readonly LayerProgress[]): string {
  const done = layers.filter(({ state }) => state !== "unread").length;
  return `Layer ${Math.min(done + 1, layers.length)} of ${layers.length}`;
}

function formatKnown(layers: readonly LayerProgress[]): string[] {
  const known = layers.filter(({ state }) => state === "known").length;
  if (known === 0) return [];
  return [known === 1 ? "1 layer was already known" : `${known} layers were already known`];
}

function formatWaiting({ report, nextTryAt, tryCount }: Job, now: number): string {
  if (nextTryAt === undefined || report?.failure === undefined) return "Waiting for a worker";
  const seconds = Math.ceil((nextTryAt - now) / 1000);
  const when = seconds > 0 ? `in ${seconds} s` : "as soon as a worker is free";
  return `${asSentence(report.failure.message)} Try ${tryCount + 1} ${when}.`;
}

/** Why it failed, and whether trying again can help; `undefined` if it did not. */
export function formatFailure({ failure }: JobReport): string | undefined {
  if (failure === undefined) return undefined;
  return `${asSentence(failure.message)}${failure.mayPass ? "" : " Trying again will not help."}`;
}

function asSentence(message: string): string {
  const text = message.charAt(0).toUpperCase() + message.slice(1);
  // A path or a host keeps its spelling.
  const first = /^\S*[:/.]/.test(message) ? message : text;
  return /[.!?]$/.test(first) ? first : `${first}.`;
}

function formatStored(report: JobReport): string {
  const { artifacts, artifactCount, layersRead, bytesRead, layersKnown } = report;
  const [only] = artifactCount === 1 ? artifacts : [];
  const parts =
    only === undefined
      ? [formatCounted(artifactCount, "image")]
      : [`${formatCounted(only.nodeCount, "component")}, ${formatCounted(only.edgeCount, "edge")}`];
  if (layersRead > 0) parts.push(`${formatCounted(layersRead, "layer")} read, ${formatBytes(bytesRead)}`);
  if (layersKnown > 0) parts.push(`${formatCounted(layersKnown, "layer")} already known`);
  if (artifacts.length > 0 && artifacts.every(({ known }) => known)) parts.push("already scanned");
  const warnings = artifacts.reduce((sum, { warningCount }) => sum + warningCount, 0);
  if (warnings > 0) parts.push(formatCounted(warnings, "warning"));
  return parts.join(" · ");
}

/** A duration in one unit: `0.9 s`, `12 s`, `4 min`. */
export function formatDuration(ms: number): string {
  const seconds = Math.max(0, ms) / 1000;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  return seconds < 120 ? `${Math.round(seconds)} s` : `${Math.round(seconds / 60)} min`;
}

/** A time to wait, to the minute: `5 h 59 min`, `3 d 4 h`, `less than a minute`. */
export function formatWait(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  if (minutes < 1) return "less than a minute";
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
  return hours % 24 === 0 ? `${hours / 24} d` : `${Math.floor(hours / 24)} d ${hours % 24} h`;
}
