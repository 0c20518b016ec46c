import type { MessagePort } from "node:worker_threads";
import type { ThrownError } from "#lib/model/thrown-error.ts";

/** The work of a thread: a module that exports `openJobs`, and the settings of all its jobs. */
export interface ThreadStart {
  readonly module: string;
  readonly settings: unknown;
}

export interface JobModule {
  /** Returns the function that runs one job; `emit` sends a message to the pool while it runs. */
  readonly openJobs: (settings: unknown, emit: (message: unknown) => void) => RunJob;
}

type RunJob = (input: unknown, stream: MessagePort | undefined) => unknown;

/** Main thread to worker. */
export interface Job {
  readonly input: unknown;
  readonly stream: MessagePort | undefined;
}

/** Worker to main thread: any number of messages, then the end of the job. */
export type Reply =
  | { readonly kind: "message"; readonly message: unknown }
  | { readonly kind: "done"; readonly result: unknown }
  | { readonly kind: "failed"; readonly error: ThrownError };

/** The buffers of all typed arrays in plain data, so that it crosses threads without a copy. No two arrays may share one. */
export function buffersIn(value: unknown): ArrayBuffer[] {
  if (ArrayBuffer.isView(value)) return [value.buffer as ArrayBuffer];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(buffersIn) : [];
}
