import type { FileAnswer, FileReading } from "#lib/model/opened-file.ts";
import { InputError, UnreachableError, UsageError } from "#lib/model/problem.ts";
import { isLocalSource } from "#lib/scan/new-request.ts";
import { runScan } from "#lib/scan/run-scan.ts";
import type { ReadFileRequest } from "#lib/scan/scan-request.ts";
import { toScannedAccess } from "./scanned-access.ts";

export interface FileToRead extends Pick<FileAnswer, "place" | "content" | "sources"> {
  /** The artifact's digest. */
  readonly digest: string;
}

interface ReadOptions {
  readonly databaseUrl: string;
  readonly signal: AbortSignal;
}

/** Sources tried: an image may have been scanned from a hundred. */
const MAX_SOURCES = 4;

/**
 * Reads a scanned file from the first of its sources that still has it, each in a guarded process. Throws an UnreachableError with one
 * line about each source if none has it.
 */
export async function readScannedFile(file: FileToRead, options: ReadOptions): Promise<FileReading> {
  const { place, content, digest } = file;
  if (place === undefined || content === undefined) throw new UsageError("only regular files have contents");
  const reasons: string[] = [];
  for (const source of file.sources.slice(0, MAX_SOURCES)) {
    try {
      return await readFromSource({ source, digest, place, content, access: toScannedAccess(source) }, options);
    } catch (error) {
      options.signal.throwIfAborted();
      if (!(error instanceof InputError || error instanceof UnreachableError || error instanceof UsageError))
        throw error;
      const reason = error.message.includes(source) ? error.message : `${source}: ${error.message}`;
      reasons.push(`${reason}${isRelative(source) ? RELATIVE_NOTE : ""}`);
    }
  }
  throw new UnreachableError(reasons.length === 0 ? "no source is recorded for it" : reasons.join("; "));
}

/** A local path that is not absolute: the name of an uploaded archive is such a path. */
function isRelative(source: string): boolean {
  return isLocalSource(source) && /^[a-z-]+:[^/]/.test(source);
}

const RELATIVE_NOTE =
  " (a relative path is looked for where the server was started, and an uploaded archive is deleted after its scan)";

async function readFromSource(request: ReadFileRequest, options: ReadOptions): Promise<FileReading> {
  let reading: FileReading | undefined;
  await runScan(
    { kind: "file", request },
    {
      ...options,
      onEvent: (event) => {
        if (event.type === "file") reading = event.reading;
      },
    },
  );
  if (reading === undefined) throw new Error("the process that reads a file ended without it");
  return reading;
}

/** Whether reading from the source costs a download. */
export function isRemoteSource(source: string): boolean {
  return !isLocalSource(source);
}
