// The scanning process. Its input is hostile, so it is separate: `run-scan.ts` starts it, watches its memory and its answers, and
// ends it if necessary. It never writes to the terminal.

import { openPool } from "#lib/db/server/database.ts";
import { toUnreachable } from "#lib/db/unreachable.ts";
import { toThrown } from "#lib/model/thrown-error.ts";
import { openEnvironment } from "#lib/sources/environment.ts";
import { cutArtifact } from "./cut-artifact.ts";
import type { ScanEvent } from "./scan-event.ts";
import type { ScanOrder, ScanReply } from "./scan-messages.ts";
import type { ScanTask } from "./scan-request.ts";
import { scanSource } from "./scan-source.ts";

const ALIVE_EVERY_MS = 1000;

const interrupt = new AbortController();
// Ctrl-C reaches every process of the terminal; the parent decides what to do about it.
process.on("SIGINT", () => undefined).on("SIGTERM", () => undefined);
// The parent is gone: nothing more is stored.
process.on("disconnect", () => process.exit(1));
process.on("message", (order: ScanOrder) => {
  if (order.type === "abort") interrupt.abort();
  else void run(order.task, order.databaseUrl);
});

async function run(task: ScanTask, databaseUrl: string): Promise<void> {
  const alive = setInterval(() => reply({ type: "alive" }), ALIVE_EVERY_MS);
  try {
    await perform(task, databaseUrl);
    await end({ type: "done" });
  } catch (error) {
    await end({ type: "failed", error: toThrown(toUnreachable(error) ?? error) });
  } finally {
    clearInterval(alive);
    process.removeAllListeners("disconnect");
    process.disconnect();
  }
}

async function perform(task: ScanTask, databaseUrl: string): Promise<void> {
  const pool = openPool(databaseUrl);
  const environment = openEnvironment(task.request.access, () => process.stdin);
  const emit = (event: ScanEvent) => reply({ type: "event", event });
  const tools = { pool, signal: interrupt.signal, emit, environment };
  try {
    if (task.kind === "scan") await scanSource({ ...task.request, ...tools });
    else if (task.kind === "file") await (await import("./read-file.ts")).readFile({ ...task.request, ...tools });
    else await cutArtifact({ ...task.request, ...tools });
  } finally {
    await pool.end();
  }
}

/** Sends the last reply and waits until it is sent: closing the channel earlier drops queued messages. */
function end(message: ScanReply): Promise<void> {
  return new Promise((resolve, reject) => {
    process.send?.(message, (error: Error | null) => (error === null ? resolve() : reject(error)));
  });
}

function reply(message: ScanReply): void {
  process.send?.(message);
}
