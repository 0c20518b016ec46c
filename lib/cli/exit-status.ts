import { CommanderError } from "commander";
import { toUnreachable } from "#lib/db/unreachable.ts";
import { InputError, UnreachableError, UsageError } from "#lib/model/problem.ts";
import { print, printProblem, type Terminal } from "./terminal.ts";

/** How a command ended: scripts and CI jobs rely on the numbers. */
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

interface Failure {
  readonly status: ExitStatus;
  /** The parts of its one line. */
  readonly parts: readonly string[];
  /** Lines below: suggestions, or the stack of an internal error. */
  readonly below?: readonly string[];
}

/** Prints a failure, unless commander has printed it, and returns the exit status. */
export function reportFailure(terminal: Terminal, thrown: unknown): ExitStatus {
  const error = toUnreachable(thrown) ?? thrown;
  if (error instanceof CommanderError) return error.exitCode === 0 ? ExitStatus.done : ExitStatus.usage;
  if (error instanceof Error && error.name === "AbortError") {
    print(terminal, "stratigraph: interrupted; nothing half done was stored");
    return ExitStatus.interrupted;
  }
  const { status, parts, below = [] } = toFailure(error);
  printProblem(terminal, "error", parts);
  for (const line of below) print(terminal, `  ${line}`);
  return status;
}

function toFailure(error: unknown): Failure {
  if (error instanceof InputError) return { status: ExitStatus.badInput, parts: [error.place, error.message] };
  if (error instanceof UsageError) return { status: ExitStatus.usage, parts: [error.message], below: error.candidates };
  if (error instanceof UnreachableError) return { status: ExitStatus.unreachable, parts: [error.message] };
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { status: ExitStatus.fault, parts: ["internal error, please report it"], below: stack.split("\n") };
}
