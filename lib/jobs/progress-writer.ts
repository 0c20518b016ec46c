import type { Pool } from "pg";
import { deleteJobProgress, saveJobProgress } from "#lib/db/jobs/job-progress.ts";
import type { ScanProgress } from "#lib/model/scan-progress.ts";

/** Milliseconds between two writes: more would not be visible, and each is a transaction. */
const WRITE_EVERY_MS = 500;

/** Stores the latest progress of one job, at most twice a second. */
export class ProgressWriter {
  readonly #pool: Pool;
  readonly #jobId: string;
  #latest: ScanProgress | undefined;
  #timer: NodeJS.Timeout | undefined;
  #writing = Promise.resolve();
  #writtenAt = Number.NEGATIVE_INFINITY;

  constructor(pool: Pool, jobId: string) {
    this.#pool = pool;
    this.#jobId = jobId;
  }

  add(progress: ScanProgress): void {
    this.#latest = progress;
    const waitMs = Math.max(0, this.#writtenAt + WRITE_EVERY_MS - performance.now());
    this.#timer ??= setTimeout(() => this.#write(), waitMs);
  }

  /** Forgets the progress: the job has ended. */
  async close(): Promise<void> {
    clearTimeout(this.#timer);
    await this.#writing;
    await deleteJobProgress(this.#pool, this.#jobId);
  }

  #write(): void {
    this.#timer = undefined;
    this.#writtenAt = performance.now();
    const progress = this.#latest;
    if (progress === undefined) return;
    // The scan writes to the same database, and reports that it is gone.
    this.#writing = this.#writing.then(() => saveJobProgress(this.#pool, this.#jobId, progress)).catch(() => undefined);
  }
}
