import type { Pool } from "pg";
import { listCounts } from "#lib/db/queries/list-counts.ts";
import type { Database } from "#lib/db/server/database.ts";
import { toUnreachable } from "#lib/db/unreachable.ts";
import { type JobArtifact, type JobFailure, type JobReport, MAX_JOB_ARTIFACTS } from "#lib/model/job.ts";
import { InputError, RefusedError, UnreachableError, UsageError } from "#lib/model/problem.ts";
import type { LayerProgress, ScanProgress } from "#lib/model/scan-progress.ts";
import { runScan } from "#lib/scan/run-scan.ts";
import { toFailed } from "#lib/scan/scan-context.ts";
import type { ListedOutcome, ScanEvent, ScanOutcome } from "#lib/scan/scan-event.ts";
import type { ScanRequest } from "#lib/scan/scan-request.ts";

/** How a try of a job ended. `later`: it may be tried again by itself. */
export interface JobEnding {
  readonly status: "completed" | "failed" | "later";
  readonly report: JobReport;
}

export interface PerformOptions {
  readonly database: Database;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: ScanProgress) => void;
}

/** Runs one queued scan in its own guarded process. Rejects only with the signal's reason. */
export async function performScan(
  request: ScanRequest,
  { database, signal, onProgress }: PerformOptions,
): Promise<JobEnding> {
  const outcomes: ScanOutcome[] = [];
  const reading = new ReadCounts();
  const onEvent = (event: ScanEvent) => {
    if (event.type === "outcome") outcomes.push(shorten(event.outcome));
    if (event.type !== "progress") return;
    const { type: _, ...progress } = event;
    reading.add(progress);
    onProgress(progress);
  };
  let failure: JobFailure | undefined;
  let status: JobEnding["status"] = "completed";
  try {
    await runScan({ kind: "scan", request }, { databaseUrl: database.url, signal, onEvent });
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof InputError) outcomes.push(toFailed(request.source, error));
    else [status, failure] = toFailure(error);
  }
  failure ??= toInputFailure(outcomes);
  if (failure !== undefined && status === "completed") status = "failed";
  const artifacts = await loadArtifacts(database.pool, outcomes);
  return { status, report: { ...artifacts, ...reading.total(), failure } };
}

/** Only their number is shown. */
function shorten({ moreProblems: _, ...outcome }: ListedOutcome): ScanOutcome {
  return outcome;
}

function toFailure(thrown: unknown): [JobEnding["status"], JobFailure] {
  const error = toUnreachable(thrown) ?? thrown;
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof RefusedError) return ["failed", { message, mayPass: true }];
  if (error instanceof UnreachableError) return ["later", { message, mayPass: true }];
  if (error instanceof UsageError) return ["failed", { message, mayPass: false }];
  return ["failed", { message: `internal error: ${message.split("\n")[0]}`, mayPass: false }];
}

/** The first artifact that is bad input, and how many more are. */
function toInputFailure(outcomes: readonly ScanOutcome[]): JobFailure | undefined {
  const failed = outcomes.filter(({ artifactId }) => artifactId === undefined);
  const problem = failed[0]?.problems[0];
  if (problem === undefined) return undefined;
  const { path, message } = problem;
  const others = outcomes.length === 1 ? "" : ` (${failed.length} of ${outcomes.length} images failed)`;
  return { message: `${path === "" ? "" : `${path}: `}${message}${others}`, mayPass: false };
}

async function loadArtifacts(db: Pool, outcomes: readonly ScanOutcome[]) {
  const stored = outcomes.filter((outcome) => outcome.artifactId !== undefined);
  const listed = stored.slice(0, MAX_JOB_ARTIFACTS);
  const counts = await listCounts(
    db,
    listed.map(({ artifactId }) => artifactId),
  );
  const artifacts = listed.flatMap(({ artifactId, name, known, problems }): JobArtifact[] => {
    const counted = counts.find(({ id }) => id === artifactId);
    if (counted === undefined) return [];
    const { digest, nodeCount, edgeCount } = counted;
    return [{ name, digest, known, nodeCount, edgeCount, warningCount: problems.length }];
  });
  return { artifacts, artifactCount: stored.length };
}

/** Sums the last counts of each image. */
class ReadCounts {
  readonly #images = new Map<number, ScanProgress>();

  add(progress: ScanProgress): void {
    if (progress.layerCount !== undefined) this.#images.set(progress.image?.index ?? 0, progress);
  }

  total(): Pick<JobReport, "layersRead" | "bytesRead" | "layersKnown"> {
    const sums = { layersRead: 0, bytesRead: 0, layersKnown: 0 };
    for (const { layersRead = 0, bytesRead = 0, layers = [] } of this.#images.values()) {
      sums.layersRead += layersRead;
      sums.bytesRead += bytesRead;
      sums.layersKnown += layers.filter((layer: LayerProgress) => layer.state === "known").length;
    }
    return sums;
  }
}
