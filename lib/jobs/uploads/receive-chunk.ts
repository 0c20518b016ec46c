import { InputError, UsageError } from "#lib/model/problem.ts";
import { ARCHIVE_HEAD_BYTES, checkArchiveHead } from "#lib/scan/archive-head.ts";
import { newRequest } from "#lib/scan/new-request.ts";
import type { ScanRequest } from "#lib/scan/scan-request.ts";
import { findUpload, readUploadHead, removeUpload, type Upload, writeChunk } from "./upload-store.ts";

/**
 * Adds bytes to an upload, from an offset that is not beyond what has arrived; `undefined` if there is no such upload. What arrives
 * before a connection breaks is kept. Throws UsageError, and forgets the upload, if it does not begin like an archive.
 */
export async function receiveChunk(
  id: string,
  offset: number,
  chunks: AsyncIterable<Uint8Array>,
): Promise<Upload | undefined> {
  const upload = await findUpload(id);
  if (upload === undefined || offset > upload.receivedBytes) return upload;
  await writeChunk(upload, offset, chunks);
  const grown = await findUpload(id);
  if (grown !== undefined && offset < ARCHIVE_HEAD_BYTES) await refuseOther(grown);
  return grown;
}

/** The first chunk decides: nobody waits for gigabytes to learn that a file is no archive. */
async function refuseOther(upload: Upload): Promise<void> {
  if (upload.receivedBytes < Math.min(ARCHIVE_HEAD_BYTES, upload.byteCount)) return;
  try {
    checkArchiveHead(await readUploadHead(upload, ARCHIVE_HEAD_BYTES));
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    await removeUpload(upload.id);
    const what = error.code === "bad-tar" ? `${error.message}; docker save NAME > image.tar writes one` : error.message;
    throw new UsageError(`${upload.name} is ${what}`);
  }
}

/** The scan of a complete upload. Its path is relative to its folder, so that no page shows where the server keeps it. */
export function toUploadRequest({ id, folder, name }: Upload): ScanRequest {
  const request = newRequest(`docker-archive:${name}`, { baseDir: folder, hasStdin: false, allowed: "all" });
  return { ...request, uploadId: id };
}
