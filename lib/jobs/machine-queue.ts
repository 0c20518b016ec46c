import { createHash } from "node:crypto";
import { hostname } from "node:os";
import { SCAN_QUEUE } from "#lib/db/jobs/list-jobs.ts";
import { dataDirectory } from "#lib/db/server/data-directory.ts";

/**
 * The queue of scans that only this machine can run: of uploaded files, and of its own engine and stores. Workers with the same
 * data directory take from it. A hash: names of machines and paths have characters that names of queues may not have.
 */
export function machineQueue(): string {
  const place = createHash("sha256").update(`${hostname()}\0${dataDirectory()}`).digest("hex");
  return `${SCAN_QUEUE}.${place.slice(0, 16)}`;
}
