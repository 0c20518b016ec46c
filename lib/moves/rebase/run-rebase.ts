import type { RebaseReport } from "#lib/model/rebase-answer.ts";
import { runWriter } from "../sink/run-writer.ts";
import type { RebaseEvent, RebaseRequest } from "./rebase-request.ts";

const ENTRY = ["lib", "moves", "rebase", "rebase-process.ts"];
export interface RunRebaseOptions {
  readonly signal: AbortSignal;
  /** Called for what takes time. */
  readonly onEvent?: (event: Exclude<RebaseEvent, { type: "report" }>) => void;
}

/** Answers a rebase in a process of its own (`runWriter`). Throws as `answerRebase` does. */
export async function runRebase(
  request: RebaseRequest,
  { signal, onEvent: onProgress }: RunRebaseOptions,
): Promise<RebaseReport> {
  let report: RebaseReport | undefined;
  const onEvent = (event: RebaseEvent) => {
    if (event.type === "report") report = event.report;
    else onProgress?.(event);
  };
  await runWriter(ENTRY, request, { signal, onEvent, named: "the rebasing process" });
  if (report === undefined) throw new Error("the rebasing process ended without a report");
  return report;
}
