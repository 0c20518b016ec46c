import { CommanderError } from "commander";
import { visibleText } from "#lib/display/visible-text.ts";
import { InputError, UnreachableError, UsageError } from "#lib/model/problem.ts";

/** How a command ended (the contract of scripts and CI jobs). */
export const ExitStatus = {
  done: 0,
  refused: 1,
  usage: 2,
  badInput: 3,
  unreachable: 4,
  fault: 70,
  interrupted: 130,
} as const;
export type ExitStatus = (typeof ExitStatus)[keyof typeof ExitStatus];

/** The status of a failure. What we do not know is a fault of ours. */
export function toExitStatus(error: unknown): ExitStatus {
  if (error instanceof CommanderError) return error.exitCode === 0 ? ExitStatus.done : ExitStatus.usage;
  if (error instanceof UsageError) return ExitStatus.usage;
  if (error instanceof InputError) return ExitStatus.badInput;
  if (error instanceof UnreachableError) return ExitStatus.unreachable;
  if (isAbort(error)) return ExitStatus.interrupted;
  return ExitStatus.fault;
}

/** What to print of a failure: one line where we know it, the stack where we do not. */
export function formatFailure(error: unknown): string {
  if (error instanceof InputError)
    return visibleText(error.place === "" ? error.message : `${error.place}: ${error.message}`);
  if (error instanceof UsageError)
    return [error.message, ...error.candidates.map((candidate) => `  ${candidate}`)].map(visibleText).join("\n");
  if (error instanceof UnreachableError) return error.message;
  if (isAbort(error)) return "interrupted; nothing half done was stored";
  return `a fault of ours, please report it:\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === "AbortError";
}
