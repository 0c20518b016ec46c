import type { ThrownError } from "#lib/model/thrown-error.ts";
import type { ScanEvent } from "./scan-event.ts";
import type { ScanTask } from "./scan-request.ts";

/** To the scanning process. */
export type ScanOrder =
  | { readonly type: "start"; readonly task: ScanTask; readonly databaseUrl: string }
  | { readonly type: "abort" };

/** From the scanning process. */
export type ScanReply =
  | { readonly type: "event"; readonly event: ScanEvent }
  /** Sent every second unless one long step blocks the process. */
  | { readonly type: "alive" }
  | { readonly type: "done" }
  | { readonly type: "failed"; readonly error: ThrownError };
