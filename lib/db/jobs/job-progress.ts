import type { ScanProgress } from "#lib/model/scan-progress.ts";
import type { Queryable } from "../queries/queryable.ts";
import { toStorableJson } from "../write/storable-text.ts";

/** Stores the progress of a running job, for every page and every machine. */
export async function saveJobProgress(db: Queryable, id: string, progress: ScanProgress): Promise<void> {
  await db.query(
    `INSERT INTO job_progress (job_id, progress) VALUES ($1, $2)
     ON CONFLICT (job_id) DO UPDATE SET progress = excluded.progress`,
    [id, toStorableJson(progress)],
  );
}

/** Forgets the progress of a job that has ended. */
export async function deleteJobProgress(db: Queryable, id: string): Promise<void> {
  await db.query("DELETE FROM job_progress WHERE job_id = $1", [id]);
}
