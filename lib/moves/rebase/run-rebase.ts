import type { RebaseReport } from "#lib/model/rebase-answer.ts";
import { runGuarded, startProcess } from "#lib/scan/guarded-process.ts";
import { openEnvironment } from "#lib/sources/environment.ts";
import { parseTarget } from "../sink/image-target.ts";
import { removePartial } from "../sink/partial-folder.ts";
import type { RebaseEvent, RebaseRequest } from "./rebase-request.ts";

const ENTRY = ["lib", "moves", "rebase", "rebase-process.ts"];
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
  const guarded = startProcess(ENTRY, request.access);
  try {
    await runGuarded(guarded, request, { signal, onEvent, words: WORDS });
  } catch (error) {
    await guarded.ended.catch(() => undefined);
    await removeLeftovers(request, guarded.child.pid);
    throw error;
  }
  if (report === undefined) throw new Error("the rebasing process ended without a report");
  return report;
}

/** A process that was killed could not remove what it had begun to write. */
async function removeLeftovers({ output, access }: RebaseRequest, pid: number | undefined): Promise<void> {
  if (output !== undefined && pid !== undefined) await removePartial(parseTarget(output, openEnvironment(access)), pid);
}
