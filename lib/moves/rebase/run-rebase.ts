import type { RebaseReport } from "#lib/model/rebase-answer.ts";
import { runGuarded, startProcess } from "#lib/scan/guarded-process.ts";
import type { RebaseEvent, RebaseRequest } from "./rebase-request.ts";

const ENTRY = ["lib", "moves", "rebase", "rebase-process-entry.ts"];
const WORDS = {
  process: "the rebasing process",
  leftBehind: "nothing is written",
  whenKilled: "nothing was written: try again",
};

export interface RunRebaseOptions {
  readonly signal: AbortSignal;
  /** Called for what takes time. */
  readonly onEvent?: (event: Exclude<RebaseEvent, { type: "report" }>) => void;
}

/** Answers a rebase in a process of its own (`runGuarded`), because the layers that it reads are hostile. Throws as `answerRebase` does. */
export async function runRebase(request: RebaseRequest, options: RunRebaseOptions): Promise<RebaseReport> {
  const { signal, onEvent: onProgress } = options;
  signal.throwIfAborted();
  let report: RebaseReport | undefined;
  const onEvent = (event: RebaseEvent) => {
    if (event.type === "report") report = event.report;
    else onProgress?.(event);
  };
  await runGuarded(startProcess(ENTRY, request.access), request, { signal, onEvent, words: WORDS });
  if (report === undefined) throw new Error("the rebasing process ended without a report");
  return report;
}
