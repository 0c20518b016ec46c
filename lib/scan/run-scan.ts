import type { SourceAccess } from "#lib/sources/environment.ts";
import { type GuardedProcess, runGuarded, startProcess } from "./guarded-process.ts";
import type { EmitScanEvent, ScanEvent } from "./scan-event.ts";
import type { ScanTask, StoredTask } from "./scan-request.ts";

const ENTRY = ["lib", "scan", "scan-process.ts"];
const WORDS = {
  process: "the scanning process",
  leftBehind: "nothing of it is stored",
  whenKilled: "no partial data was stored: scan again",
};

export interface RunScanOptions {
  readonly databaseUrl: string;
  readonly signal: AbortSignal;
  readonly onEvent: EmitScanEvent;
  /** A process that was started in advance. */
  readonly prepared?: PreparedScan | undefined;
}

/**
 * Runs a task in a child process (`runGuarded`), which inherits standard input if the task may read it. A child that is killed takes
 * its transaction with it.
 */
export async function runScan(task: ScanTask, options: RunScanOptions): Promise<void> {
  const { databaseUrl, signal, onEvent, prepared } = options;
  signal.throwIfAborted();
  const scan = prepared ?? prepareScan(task.request.access);
  await runGuarded<StoredTask, ScanEvent>(scan, { task, databaseUrl }, { signal, onEvent, words: WORDS });
}

/** A scanning process that waits for its task. */
export type PreparedScan = GuardedProcess;

/** Starts a scanning process. */
export function prepareScan(access: Pick<SourceAccess, "hasStdin">): PreparedScan {
  return startProcess(ENTRY, access);
}
