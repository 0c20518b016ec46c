import { createHash, randomBytes } from "node:crypto";
import { mkdir, open, readdir, readFile, rm, stat, statfs, writeFile } from "node:fs/promises";
import { join } from "node:path";
import * as v from "valibot";
import { dataDirectory } from "#lib/db/server/data-directory.ts";
import { errorCode } from "#lib/model/error-code.ts";
import { QuotaError, UsageError } from "#lib/model/problem.ts";
import { type FileStamp, MAX_UPLOAD_BYTES, type UploadProgress } from "#lib/model/upload.ts";

/** Uploads that are not complete, at a time. */
const MAX_UPLOADS = 32;
/** Bytes of the disk that uploads leave free, for the database beside them. */
const MIN_FREE_BYTES = 1024 ** 3;
/** Letters of a file's name that are kept. */
const MAX_NAME_LENGTH = 60;
/** An upload that nobody went on with for so long is removed. */
export const MAX_ABANDONED_MS = 24 * 60 * 60 * 1000;

const stampFile = v.object({ name: v.string(), byteCount: v.number(), modifiedAt: v.number() });

/** An archive that arrives, or has arrived. */
export interface Upload extends UploadProgress {
  readonly id: string;
  /** Its folder, and its name there: no part of a path, and no colon. */
  readonly folder: string;
  readonly name: string;
}

/** The folder of all uploads of this machine. */
export function uploadsFolder(): string {
  return join(dataDirectory(), "uploads");
}

/** Finds the upload of this file, or begins it. Throws UsageError for a wrong size, QuotaError if there is no room for it. */
export async function beginUpload(stamp: FileStamp): Promise<Upload> {
  const hash = toHash(stamp);
  const known = (await listUploads()).find(({ id }) => id.startsWith(hash));
  if (known !== undefined) return known;
  if (stamp.byteCount > MAX_UPLOAD_BYTES)
    throw new UsageError(
      `an upload may have ${gibibytes(MAX_UPLOAD_BYTES)} at most; scan the file by its path instead`,
    );
  await mkdir(uploadsFolder(), { recursive: true, mode: 0o700 });
  await checkRoom(stamp.byteCount);
  // Never the id of an earlier upload of this file, which may be about to be removed with its job.
  const id = `${hash}-${randomBytes(4).toString("hex")}`;
  const folder = folderOf(id);
  await mkdir(folder, { mode: 0o700 });
  const file = { ...stamp, name: toFileName(stamp.name) };
  await writeFile(join(folder, file.name), "", { mode: 0o600 });
  // Last: a folder without it is no upload, and is removed with the abandoned ones.
  await writeFile(join(folder, STAMP), JSON.stringify(file), { mode: 0o600 });
  return (await findUpload(id))!;
}

const STAMP = ".upload.json";

/** The upload with this id; `undefined` if there is none, or no longer. */
export async function findUpload(id: string): Promise<Upload | undefined> {
  const folder = folderOf(id);
  try {
    const { name, byteCount } = v.parse(stampFile, JSON.parse(await readFile(join(folder, STAMP), "utf8")));
    const { size, mtimeMs } = await stat(join(folder, name));
    return { id, folder, name, byteCount, receivedBytes: size, changedAt: mtimeMs };
  } catch (error) {
    // Removed meanwhile, or half written when the machine stopped.
    if (errorCode(error) === "ENOENT" || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** All uploads, complete ones included. */
export async function listUploads(): Promise<Upload[]> {
  const found = await Promise.all((await listFolders()).map(findUpload));
  return found.filter((upload) => upload !== undefined);
}

/** Writes bytes at an offset up to which everything is there. The same bytes twice are harmless. Throws QuotaError if the disk is full. */
export async function writeChunk(upload: Upload, offset: number, chunks: AsyncIterable<Uint8Array>): Promise<void> {
  const handle = await open(join(upload.folder, upload.name), "r+");
  let at = offset;
  try {
    for await (const chunk of chunks) {
      if (at + chunk.length > upload.byteCount) throw new UsageError("the file has changed: choose it again");
      for (let done = 0; done < chunk.length; )
        done += (await handle.write(chunk, done, chunk.length - done, at + done)).bytesWritten;
      at += chunk.length;
    }
  } catch (error) {
    if (errorCode(error) === "ENOSPC")
      throw new QuotaError("the server's disk is full: free some, then choose the file again");
    throw error;
  } finally {
    await handle.close();
  }
}

/** The first bytes of what has arrived. */
export async function readUploadHead({ folder, name }: Upload, byteCount: number): Promise<Uint8Array> {
  const handle = await open(join(folder, name), "r");
  try {
    const { buffer, bytesRead } = await handle.read(new Uint8Array(byteCount), 0, byteCount, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** Removes an upload and its file. */
export async function removeUpload(id: string): Promise<void> {
  if (isUploadId(id)) await rm(folderOf(id), { recursive: true, force: true });
}

/** Removes uploads that nobody went on with for a day, unless a scan still reads them. `needed`: the ids of those. */
export async function removeAbandoned(needed: ReadonlySet<string>, now = Date.now()): Promise<void> {
  for (const id of await listFolders()) {
    const changedAt = (await findUpload(id))?.changedAt ?? (await whenChanged(folderOf(id))) ?? now;
    if (now - changedAt > MAX_ABANDONED_MS && !needed.has(id)) await removeUpload(id);
  }
}

async function whenChanged(path: string): Promise<number | undefined> {
  return (await stat(path).catch(() => undefined))?.mtimeMs;
}

/** True for what `beginUpload` calls an upload: no path leads out of the folder. */
export function isUploadId(text: string): boolean {
  return /^[0-9a-f]{32}-[0-9a-f]{8}$/.test(text);
}

async function listFolders(): Promise<string[]> {
  try {
    return (await readdir(uploadsFolder())).filter(isUploadId);
  } catch (error) {
    if (errorCode(error) === "ENOENT") return [];
    throw error;
  }
}

function folderOf(id: string): string {
  return join(uploadsFolder(), id);
}

/** Equal for the same file, whoever chooses it. */
function toHash({ name, byteCount, modifiedAt }: FileStamp): string {
  return createHash("sha256").update(`${modifiedAt} ${byteCount} ${name}`).digest("hex").slice(0, 32);
}

/** A name of letters that mean nothing in a path or a source. The end is kept: it is what people recognise. */
function toFileName(name: string): string {
  const kept = name.replace(/[^\p{L}\p{N}_+.-]+/gu, "-").replace(/^[.-]+/, "");
  return kept.slice(-MAX_NAME_LENGTH) || "archive";
}

/** What began before has its room reserved: it has not taken it yet. */
async function checkRoom(byteCount: number): Promise<void> {
  const pending = (await listUploads()).filter((upload) => upload.receivedBytes < upload.byteCount);
  if (pending.length >= MAX_UPLOADS)
    throw new QuotaError(`${MAX_UPLOADS} uploads are not complete: cancel some under Jobs`);
  const promised = pending.reduce((sum, upload) => sum + upload.byteCount - upload.receivedBytes, 0);
  const { bavail, bsize } = await statfs(uploadsFolder());
  const room = bavail * bsize - promised - MIN_FREE_BYTES;
  if (byteCount > room)
    throw new QuotaError(
      `the server's disk has room for ${gibibytes(Math.max(0, room))}, and the file has ${gibibytes(byteCount)}`,
    );
}

function gibibytes(byteCount: number): string {
  return `${(byteCount / 1024 ** 3).toFixed(1)} GiB`;
}
