import "server-only";
import { listQueuedUploads } from "#lib/db/jobs/list-jobs.ts";
import { machineQueue } from "#lib/jobs/machine-queue.ts";
import { withQueue } from "#lib/jobs/queue.ts";
import { receiveChunk, toUploadRequest } from "#lib/jobs/uploads/receive-chunk.ts";
import {
  beginUpload,
  findUpload,
  isUploadId,
  removeAbandoned,
  removeUpload,
  type Upload,
} from "#lib/jobs/uploads/upload-store.ts";
import type { FileStamp, UploadReply } from "#lib/model/upload.ts";
import { database } from "./database.ts";

/** Begins an upload, or finds how much of it has arrived. Throws UsageError for a file that is refused. */
export async function openUpload(stamp: FileStamp): Promise<UploadReply> {
  const db = await database();
  // A server without a worker has nobody else who does it.
  await removeAbandoned(await listQueuedUploads(db, machineQueue()));
  return queueIfComplete(await beginUpload(stamp));
}

/** Adds a chunk, and queues the scan after the last one. `undefined` if there is no such upload. */
export async function continueUpload(
  id: string,
  offset: number,
  chunks: AsyncIterable<Uint8Array>,
): Promise<UploadReply | undefined> {
  if (!isUploadId(id)) return undefined;
  const upload = await receiveChunk(id, offset, chunks);
  return upload && queueIfComplete(upload);
}

/** Removes an upload that is not complete. False if there is none. */
export async function cancelUpload(id: string): Promise<boolean> {
  const found = await findUpload(id);
  if (found !== undefined) await removeUpload(id);
  return found !== undefined;
}

async function queueIfComplete(upload: Upload): Promise<UploadReply> {
  const { id, receivedBytes: offset, byteCount } = upload;
  if (offset < byteCount) return { id, offset, jobId: undefined };
  const jobId = await withQueue(await database(), (queue) => queue.add(toUploadRequest(upload), "here"));
  return { id, offset, jobId };
}
