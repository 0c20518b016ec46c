import { MAX_CHUNK_BYTES, UPLOAD_OFFSET, type UploadReply } from "#lib/model/upload.ts";

/** Milliseconds between two attempts after a lost connection: at first, and at most. */
const RETRY_MS = 1000;
const MAX_RETRY_MS = 30_000;

/** The server will not take this file. The message is its one line. */
export class RefusedFileError extends Error {
  override readonly name = "RefusedFileError";
}

interface SendOptions {
  readonly signal: AbortSignal;
  /** Bytes that have arrived; `isConnected`: false while the server does not answer. */
  readonly onProgress: (progress: { id: string; sent: number; isConnected: boolean }) => void;
}

/**
 * Sends a file in chunks, each read from the disk when its turn comes, from where an earlier upload of it stopped; returns the job
 * that scans it. Goes on after a lost connection, for as long as the page is open. Rejects with RefusedFileError, or the signal's
 * reason.
 */
export async function sendFile(file: File, { signal, onProgress }: SendOptions): Promise<string> {
  let reply = await beginAgain(file, { signal, onProgress });
  while (reply.jobId === undefined) {
    onProgress({ id: reply.id, sent: reply.offset, isConnected: true });
    const next = await sendChunk(file, reply, signal);
    if (next === undefined) {
      onProgress({ id: reply.id, sent: reply.offset, isConnected: false });
      await checkReadable(file);
      await pause(RETRY_MS, signal);
    }
    reply = next ?? (await beginAgain(file, { signal, onProgress }));
  }
  return reply.jobId;
}

/** A file that was changed or removed since it was chosen looks like a lost connection to `fetch`. */
async function checkReadable(file: File): Promise<void> {
  try {
    await file.slice(0, 1).arrayBuffer();
  } catch {
    throw new RefusedFileError("The file has changed since it was chosen. Choose it again.");
  }
}

/** Asks how much has arrived, until the server answers. */
async function beginAgain(file: File, { signal }: SendOptions): Promise<UploadReply> {
  const { name, size, lastModified } = file;
  const body = new URLSearchParams({ name, byteCount: `${size}`, modifiedAt: `${lastModified}` });
  for (let wait = RETRY_MS; ; wait = Math.min(2 * wait, MAX_RETRY_MS)) {
    const reply = await ask("/uploads", { method: "POST", body, signal });
    if (reply !== undefined) return reply;
    await pause(wait, signal);
  }
}

function sendChunk(file: File, { id, offset }: UploadReply, signal: AbortSignal): Promise<UploadReply | undefined> {
  const headers = { [UPLOAD_OFFSET]: `${offset}`, "Content-Type": "application/partial-upload" };
  return ask(`/uploads/${id}`, {
    method: "PATCH",
    headers,
    body: file.slice(offset, offset + MAX_CHUNK_BYTES),
    signal,
  });
}

/** `undefined` if the server does not answer, or is busy. */
async function ask(path: string, init: RequestInit): Promise<UploadReply | undefined> {
  try {
    const response = await fetch(path, init);
    if (response.ok) return (await response.json()) as UploadReply;
    if (response.status >= 500) return undefined;
    throw new RefusedFileError((await response.text()).trim());
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

/** Ends early if the signal is aborted, and then rejects. */
async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, ms);
    const stop = () => {
      clearTimeout(timer);
      resolve();
    };
    signal.addEventListener("abort", stop, { once: true });
  });
  signal.throwIfAborted();
}
