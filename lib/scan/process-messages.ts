import type { ThrownError } from "#lib/model/thrown-error.ts";

/** To a guarded process. Tasks and events are plain data. */
export type ProcessOrder<Task> = { readonly type: "start"; readonly task: Task } | { readonly type: "abort" };

/** From a guarded process. */
export type ProcessReply<Event> =
  | { readonly type: "event"; readonly event: Event }
  /** Sent every second unless one long step blocks the process. */
  | { readonly type: "alive" }
  | { readonly type: "done" }
  | { readonly type: "failed"; readonly error: ThrownError };
