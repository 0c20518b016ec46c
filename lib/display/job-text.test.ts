import { expect, it } from "vitest";
import type { Job, JobReport } from "#lib/model/job.ts";
import { formatDuration, formatJob, formatReading } from "./job-text.ts";

const MIB = 1024 ** 2;
const NOW = 1_000_000;
const report: JobReport = {
  artifacts: [],
  artifactCount: 0,
  layersRead: 0,
  bytesRead: 0,
  layersKnown: 0,
  failure: undefined,
};
const job: Job = {
  id: "1",
  source: "docker://nginx",
  state: "waiting",
  requestedAt: 0,
  startedAt: undefined,
  endedAt: undefined,
  nextTryAt: undefined,
  tryCount: 0,
  upload: undefined,
  isUpload: false,
  progress: undefined,
  report: undefined,
};
const digest = `sha256:${"0".repeat(64)}`;
const artifact = { name: "nginx", digest, known: false, nodeCount: 98, edgeCount: 1250, warningCount: 2 };

it("shows the layer, the bytes and the known layers of what is read", () => {
  const counts = { layersRead: 0, layerCount: 2, bytesRead: 4 * MIB, totalBytes: 8 * MIB };
  const layers = (["known", "unread", "unread"] as const).map((state) => ({ bytes: 4 * MIB, state }));
  const image = { name: "nginx", index: 0, count: 1 };
  expect(formatReading({ phase: "reading", source: "docker://nginx", image, ...counts, layers })).toBe(
    "Layer 2 of 3 · 4.0 MiB of 8.0 MiB · 1 layer was already known",
  );
});

it("shows the image of several, and the phase", () => {
  const image = { name: "b", index: 1, count: 7 };
  expect(formatReading({ phase: "measuring", source: "oci:x", image })).toBe("Image 2 of 7 · Measuring");
});

it("never shows more bytes than there are", () => {
  const counts = { layersRead: 1, layerCount: 1, bytesRead: 9 * MIB, totalBytes: 8 * MIB };
  expect(formatReading({ phase: "reading", source: "s", ...counts })).toBe("1 of 1 layer · 8.0 MiB of 8.0 MiB");
});

it.each([
  [{ ...job }, "Waiting for a worker"],
  [
    {
      ...job,
      nextTryAt: NOW + 11_500,
      tryCount: 1,
      report: { ...report, failure: { message: "localhost:1: connection refused", mayPass: true } },
    },
    "localhost:1: connection refused. Try 2 in 12 s.",
  ],
  [
    { ...job, state: "failed", report: { ...report, failure: { message: "not a tar archive", mayPass: false } } },
    "Not a tar archive. Trying again will not help.",
  ],
  [
    {
      ...job,
      state: "done",
      report: { ...report, artifacts: [artifact], artifactCount: 1, layersRead: 2, bytesRead: MIB },
    },
    "98 components, 1,250 edges · 2 layers read, 1.0 MiB · 2 warnings",
  ],
  [
    { ...job, state: "done", report: { ...report, artifacts: [artifact, artifact], artifactCount: 7, layersKnown: 6 } },
    "7 images · 6 layers already known · 4 warnings",
  ],
  [{ ...job, state: "cancelled" }, "Cancelled"],
] as [Job, string][])("says in one line how a job is or ended (%#)", (shown, line) => {
  expect(formatJob(shown, NOW)).toBe(line);
});

it("rounds durations to one unit", () => {
  expect([900, 12_300, 240_000].map(formatDuration)).toEqual(["0.9 s", "12 s", "4 min"]);
});
