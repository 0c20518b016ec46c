import { toThrown } from "#lib/model/thrown-error.ts";
import type { ProcessOrder, ProcessReply } from "./process-messages.ts";

const ALIVE_EVERY_MS = 1000;

/** What a task may use of its process. */
export interface ProcessTools<Event> {
  /** Aborted when the user interrupts. */
  readonly signal: AbortSignal;
  readonly emit: (event: Event) => void;
}

/**
 * Waits in this process for the task that `runGuarded` sends, performs it and ends. Its input is hostile, so the process is separate:
 * the other side watches its memory and its answers, and ends it if necessary. It never writes to the terminal.
 */
export function serveProcess<Task, Event>(perform: (task: Task, tools: ProcessTools<Event>) => Promise<void>): void {
  const interrupt = new AbortController();
  // Ctrl-C reaches every process of the terminal; the parent decides what to do about it.
  process.on("SIGINT", () => undefined).on("SIGTERM", () => undefined);
  // The parent is gone: nothing more is done.
  process.on("disconnect", () => process.exit(1));
  const emit = (event: Event) => reply<Event>({ type: "event", event });
  process.on("message", (order: ProcessOrder<Task>) => {
    if (order.type === "abort") interrupt.abort();
    else void run(() => perform(order.task, { signal: interrupt.signal, emit }));
  });
}

async function run(perform: () => Promise<void>): Promise<void> {
  const alive = setInterval(() => reply({ type: "alive" }), ALIVE_EVERY_MS);
  try {
    await perform();
    await end({ type: "done" });
  } catch (error) {
    await end({ type: "failed", error: toThrown(error) });
  } finally {
    clearInterval(alive);
    process.removeAllListeners("disconnect");
    process.disconnect();
  }
}

/** Sends the last reply and waits until it is sent: closing the channel earlier drops queued messages. */
function end(message: ProcessReply<never>): Promise<void> {
  return new Promise((resolve, reject) => {
    process.send?.(message, (error: Error | null) => (error === null ? resolve() : reject(error)));
  });
}

function reply<Event>(message: ProcessReply<Event>): void {
  process.send?.(message);
}
