import type { ScanProgress } from "./scan-progress.ts";
import type { UploadProgress } from "./upload.ts";

/** `uploading`: its archive arrives, and it is not queued yet. `waiting`: also between two tries. `failed`: not tried again by itself. */
export type JobState = "uploading" | "waiting" | "running" | "failed" | "done" | "cancelled";

/** An artifact that a job stored, or found already stored. */
export interface JobArtifact {
  readonly name: string;
  readonly digest: string;
  readonly known: boolean;
  readonly nodeCount: number;
  readonly edgeCount: number;
  readonly warningCount: number;
}

/** Why a job, or its last try, failed. */
export interface JobFailure {
  /** One line. */
  readonly message: string;
  /** Whether the same scan can succeed later: false for bad input. */
  readonly mayPass: boolean;
}

/** What a try of a job led to. */
export interface JobReport {
  /** At most `MAX_JOB_ARTIFACTS`. */
  readonly artifacts: readonly JobArtifact[];
  readonly artifactCount: number;
  /** Layers and stored bytes that were read, and layers that were known. */
  readonly layersRead: number;
  readonly bytesRead: number;
  readonly layersKnown: number;
  readonly failure: JobFailure | undefined;
}

export const MAX_JOB_ARTIFACTS = 50;

/** A scan in the background. Times are milliseconds since the epoch. */
export interface Job {
  readonly id: string;
  readonly source: string;
  readonly state: JobState;
  readonly requestedAt: number;
  readonly startedAt: number | undefined;
  readonly endedAt: number | undefined;
  /** When a job that waits after a failure is tried again. */
  readonly nextTryAt: number | undefined;
  /** From 1: the current or last try. 0 if none has begun. */
  readonly tryCount: number;
  /** Of a running job. */
  readonly progress: ScanProgress | undefined;
  /** Of a job whose archive arrives. */
  readonly upload: UploadProgress | undefined;
  /** Whether it reads a file that was uploaded, which is gone once it has ended. */
  readonly isUpload: boolean;
  /** Of the last try that ended. */
  readonly report: JobReport | undefined;
}

/** The id of the scan that the command line of a server runs itself: it is not in the queue. */
export const OWN_SCAN = "";

/** Number of jobs in each state, and of workers. */
export interface JobCounts {
  readonly waiting: number;
  readonly running: number;
  readonly failed: number;
  readonly workers: number;
}
