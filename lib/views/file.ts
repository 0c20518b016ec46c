import "server-only";
import { answerFile } from "#lib/answers/file.ts";
import { answerTextDiff } from "#lib/answers/text-diff.ts";
import { findArtifact } from "#lib/db/queries/find-artifact.ts";
import { type ArtifactDetail, getArtifact } from "#lib/db/queries/get-artifact.ts";
import { openPageDatabase } from "#lib/db/server/page-database.ts";
import { isRemoteSource, readScannedFile } from "#lib/jobs/page-file.ts";
import type { FileAnswer, FileReading } from "#lib/model/opened-file.ts";
import { QuotaError, UnreachableError, UsageError } from "#lib/model/problem.ts";
import type { TextDiff } from "#lib/model/text-diff.ts";
import { database } from "./database.ts";
import { nameUnowned } from "./name-unowned.ts";
import { orNotFound } from "./or-not-found.ts";

export type { ArtifactDetail } from "#lib/db/queries/get-artifact.ts";

/** Files read at the same time, of all pages: each has a process of its own. */
const MAX_READS = 2;
/** Milliseconds after which reading is given up. */
const MAX_READ_MS = 60_000;

let readCount = 0;

export interface FileRequest {
  /** Name, id or digest of the artifact, from the URL. */
  readonly text: string;
  readonly path: string;
  readonly layer?: number | undefined;
}

export interface FileView {
  readonly artifact: ArtifactDetail;
  readonly file: FileAnswer;
  /** Reading it downloads a layer, or as much of it as is before the file's end. */
  readonly isRemote: boolean;
}

/** One file of an artifact. Throws a UsageError if the text matches no artifact, or several, or there is no such file. */
export async function loadFile({ text, path, layer }: FileRequest): Promise<FileView> {
  const db = await database();
  const { id } = await findArtifact(db, text);
  return orNotFound(async () => {
    const [artifact, answer] = await Promise.all([
      getArtifact(db, id),
      answerFile(db, { artifactId: id, path, layer }),
    ]);
    const file = await nameUnowned(db, id, answer);
    return { artifact, file, isRemote: file.sources[0] !== undefined && isRemoteSource(file.sources[0]) };
  });
}

/** The contents of a file, from a source of its artifact. Throws a UsageError with one line if no source has it any more. */
export async function loadReading(request: FileRequest, signal: AbortSignal): Promise<FileReading> {
  const view = await loadFile(request);
  return reading(signal, (either) => readView(view, either));
}

/** The difference of two text files, line by line. */
export async function loadTextDiff(left: FileRequest, right: FileRequest, signal: AbortSignal): Promise<TextDiff> {
  const [before, after] = await Promise.all([loadFile(left), loadFile(right)]);
  return reading(signal, async (either) =>
    answerTextDiff(await readView(before, either), await readView(after, either)),
  );
}

async function readView({ artifact, file }: FileView, signal: AbortSignal): Promise<FileReading> {
  const { url } = await openPageDatabase();
  try {
    return await readScannedFile({ ...file, digest: artifact.digest }, { databaseUrl: url, signal });
  } catch (error) {
    if (error instanceof UnreachableError) throw new UsageError(`The contents cannot be shown: ${error.message}`);
    throw error;
  }
}

async function reading<T>(signal: AbortSignal, read: (signal: AbortSignal) => Promise<T>): Promise<T> {
  if (readCount >= MAX_READS) throw new QuotaError("Other files are being read; try again.");
  readCount += 1;
  try {
    return await read(AbortSignal.any([signal, AbortSignal.timeout(MAX_READ_MS)]));
  } finally {
    readCount -= 1;
  }
}
