import { useSyncExternalStore } from "react";
import { RefusedFileError, sendFile } from "./send-file.ts";

/** A file of this page that is sent, waits for others, or was refused. It outlives the dialog, not the page. */
export interface FileUpload {
  readonly key: number;
  readonly name: string;
  readonly byteCount: number;
  readonly state: "waiting" | "sending" | "queued" | "refused";
  readonly sent: number;
  readonly isConnected: boolean;
  /** The upload on the server, and the job that scans it. */
  readonly id: string | undefined;
  readonly jobId: string | undefined;
  /** Why it was refused. */
  readonly line: string;
}

interface Entry {
  readonly file: File;
  readonly abort: AbortController;
  upload: FileUpload;
}

const NONE: readonly FileUpload[] = [];
const listeners = new Set<() => void>();
let entries: Entry[] = [];
let shown = NONE;
let nextKey = 1;
let isSending = false;

/** The uploads of this page, the first chosen first. */
export function useUploads(): readonly FileUpload[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => shown,
    () => NONE,
  );
}

/** Sends files to be scanned, one after another. Those that were queued or refused before leave the list. */
export function upload(files: Iterable<File>): void {
  entries = entries.filter(({ upload: { state } }) => state === "sending" || state === "waiting");
  for (const file of files) entries.push({ file, abort: new AbortController(), upload: toUpload(file) });
  publish();
  if (!isSending) void sendAll();
}

/** Stops an upload of this page. The server still has its bytes. */
export function stopUpload(key: number): void {
  entries.find((entry) => entry.upload.key === key)?.abort.abort();
  entries = entries.filter((entry) => entry.upload.key !== key);
  publish();
}

function toUpload({ name, size }: File): FileUpload {
  const none = { id: undefined, jobId: undefined, line: "" };
  return { key: nextKey++, name, byteCount: size, state: "waiting", sent: 0, isConnected: true, ...none };
}

async function sendAll(): Promise<void> {
  isSending = true;
  try {
    for (let next = nextEntry(); next !== undefined; next = nextEntry()) await send(next);
  } finally {
    isSending = false;
  }
}

function nextEntry(): Entry | undefined {
  return entries.find(({ upload: { state } }) => state === "waiting");
}

async function send(entry: Entry): Promise<void> {
  const { file, abort } = entry;
  change(entry, { state: "sending" });
  try {
    const jobId = await sendFile(file, { signal: abort.signal, onProgress: (progress) => change(entry, progress) });
    change(entry, { state: "queued", sent: file.size, jobId });
  } catch (error) {
    if (abort.signal.aborted) return;
    if (!(error instanceof RefusedFileError)) throw error;
    change(entry, { state: "refused", line: error.message });
  }
}

function change(entry: Entry, changes: Partial<FileUpload>): void {
  entry.upload = { ...entry.upload, ...changes };
  publish();
}

function publish(): void {
  shown = entries.map((entry) => entry.upload);
  for (const listener of listeners) listener();
}
