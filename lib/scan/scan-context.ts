import type { Pool } from "pg";
import { InputError, type Problem } from "#lib/model/problem.ts";
import type { ImagePosition, ScanCounts, ScanPhase } from "#lib/model/scan-progress.ts";
import type { SourceEnvironment } from "#lib/sources/environment.ts";
import type { Transport } from "#lib/sources/transport.ts";
import type { EmitScanEvent, ScanOutcome } from "./scan-event.ts";
import type { ScanRequest } from "./scan-request.ts";

/** The tools of a scanning process. */
export interface ScanTools {
  readonly pool: Pool;
  /** Aborted when the user interrupts. */
  readonly signal: AbortSignal;
  readonly emit: EmitScanEvent;
  readonly environment: SourceEnvironment;
}

/** The context of the scan of one source. */
export interface ScanContext extends ScanRequest, ScanTools {
  /** Default: the product's list. */
  readonly transports?: readonly Transport[];
  /** The image being scanned. */
  readonly image?: ImagePosition;
}

/** Emits a progress event for the source and image of this context. */
export function emitProgress({ emit, source, image }: ScanContext, phase: ScanPhase, counts?: ScanCounts): void {
  emit({ type: "progress", phase, source, image, ...counts });
}

/** Runs one scan; bad input becomes an outcome, so that the command continues with the other artifacts. */
export async function attempt(context: ScanContext, scan: () => Promise<ScanOutcome>): Promise<ScanOutcome> {
  try {
    return await scan();
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return toFailed(context.source, error);
  }
}

/** The outcome of a bad input. */
export function toFailed(source: string, { code, place, message }: InputError): ScanOutcome {
  const problem: Problem = { code, severity: "error", source, path: place, message };
  return { artifactId: undefined, problems: [problem] };
}
