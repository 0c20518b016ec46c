import { InputError, type ProblemCode, RefusedError, UnreachableError, UsageError } from "./problem.ts";

/** An error as plain data, to cross threads and processes. Only the classes of problem.ts are preserved. */
export interface ThrownError {
  readonly kind: "input" | "unreachable" | "refused" | "usage" | "abort" | "other";
  readonly message: string;
  readonly stack: string | undefined;
  /** InputError only. */
  readonly code: ProblemCode | undefined;
  readonly place: string;
  /** UsageError only. */
  readonly candidates: readonly string[];
}

const PLAIN = { code: undefined, place: "", candidates: [] } as const;

export function toThrown(error: unknown): ThrownError {
  const { message, stack, name } = error instanceof Error ? error : new Error(String(error));
  const thrown = { ...PLAIN, message, stack };
  if (error instanceof InputError) return { ...thrown, kind: "input", code: error.code, place: error.place };
  if (error instanceof UsageError) return { ...thrown, kind: "usage", candidates: error.candidates };
  if (error instanceof RefusedError) return { ...thrown, kind: "refused" };
  if (error instanceof UnreachableError) return { ...thrown, kind: "unreachable" };
  return { ...thrown, kind: name === "AbortError" ? "abort" : "other" };
}

export function toError(thrown: ThrownError): Error {
  const error = rebuild(thrown);
  error.stack = thrown.stack;
  return error;
}

function rebuild({ kind, message, code, place, candidates }: ThrownError): Error {
  if (kind === "input" && code !== undefined) return new InputError(code, place, message);
  if (kind === "usage") return new UsageError(message, candidates);
  if (kind === "refused") return new RefusedError(message);
  if (kind === "unreachable") return new UnreachableError(message);
  return kind === "abort" ? new DOMException(message, "AbortError") : new Error(message);
}
