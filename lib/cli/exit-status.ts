import { CommanderError } from "commander";
import { InputError, UnreachableError, UsageError } from "#lib/model/problem.ts";
import { say, sayProblem, type Terminal } from "./terminal.ts";

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

/**
 * Prints a failure: one line where we know it, with what may have been meant below; the stack where it is ours. What
 * commander has to say of a command line it has printed itself.
 */
export function sayFailure(terminal: Terminal, error: unknown): void {
  if (error instanceof CommanderError) return;
  if (isAbort(error)) {
    say(terminal, "stratigraph: interrupted; nothing half done was stored");
    return;
  }
  const { parts, below } = describeFailure(error);
  sayProblem(terminal, "error", parts);
  for (const line of below) say(terminal, `  ${line}`);
}

function describeFailure(error: unknown): { parts: string[]; below: readonly string[] } {
  if (error instanceof InputError) return { parts: [error.place, error.message], below: [] };
  if (error instanceof UsageError) return { parts: [error.message], below: error.candidates };
  if (error instanceof UnreachableError) return { parts: [error.message], below: [] };
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { parts: ["internal error, please report it"], below: stack.split("\n") };
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === "AbortError";
}
