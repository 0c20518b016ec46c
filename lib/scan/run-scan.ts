import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { projectRoot } from "#lib/db/server/project.ts";
import { InputError, UnreachableError } from "#lib/model/problem.ts";
import { toError } from "#lib/model/thrown-error.ts";
import type { SourceAccess } from "#lib/sources/environment.ts";
import { MAX_ABORT_MS, MAX_SCAN_HEAP_MIB, SCAN_SEMI_SPACE_MIB } from "./limits.ts";
import type { EmitScanEvent } from "./scan-event.ts";
import { type Breach, ScanGuard } from "./scan-guard.ts";
import type { ScanOrder, ScanReply } from "./scan-messages.ts";
import type { ScanTask } from "./scan-request.ts";

/** From the project: inside the web server's bundle this file is elsewhere. */
const ENTRY = ["lib", "scan", "scan-process-entry.ts"];
/** By default glibc keeps up to 60 MiB of freed memory of threads and large columns (mallopt(3)). */
const MALLOC_SETTINGS = {
  MALLOC_ARENA_MAX: "1",
  MALLOC_TRIM_THRESHOLD_: "262144",
  MALLOC_MMAP_THRESHOLD_: "98304",
};
/** Length kept of a process' last output before it fails. */
const MAX_LAST_WORDS = 16_384;

export interface RunScanOptions {
  readonly databaseUrl: string;
  readonly signal: AbortSignal;
  readonly onEvent: EmitScanEvent;
  /** A process that was started in advance. */
  readonly prepared?: PreparedScan | undefined;
}

/**
 * Runs a task in a child process, which inherits standard input if the task may read it. The input cannot harm this process: a
 * child that exceeds its limits of memory or silence is killed, and its transaction with it.
 *
 * Rejects as the task does; with InputError `limit-exceeded` over a ceiling; with the signal's reason, within a second, when
 * interrupted; with UnreachableError if the process was killed from outside.
 */
export async function runScan(task: ScanTask, options: RunScanOptions): Promise<void> {
  options.signal.throwIfAborted();
  const scan = options.prepared ?? prepareScan(task.request.access);
  const guard = new ScanGuard(scan.child);
  const abort = () => interrupt(scan, guard);
  options.signal.addEventListener("abort", abort, { once: true });
  try {
    await untilEnded(scan, guard, { ...options, task });
  } finally {
    options.signal.removeEventListener("abort", abort);
    guard.stop();
    scan.child.kill("SIGKILL");
  }
}

/** A process that waits for its task. */
export interface PreparedScan {
  readonly child: ChildProcess;
  /** How it ended, once it has ended. */
  readonly ended: Promise<[code: number | null, endedBy: NodeJS.Signals | null]>;
  /** The end of its standard error: V8's own report if its heap is full. */
  readonly lastWords: () => string;
}

/**
 * Starts a scanning process, which loads its modules until it gets its task. It ends with this process; the caller kills one that
 * it does not use.
 */
export function prepareScan({ hasStdin }: Pick<SourceAccess, "hasStdin">): PreparedScan {
  const child = fork(join(projectRoot(), ...ENTRY), [], {
    execArgv: [`--max-old-space-size=${MAX_SCAN_HEAP_MIB}`, `--max-semi-space-size=${SCAN_SEMI_SPACE_MIB}`],
    env: { ...process.env, ...MALLOC_SETTINGS },
    serialization: "advanced",
    stdio: [hasStdin ? "inherit" : "ignore", "ignore", "pipe", "ipc"],
  });
  const ended = once(child, "close") as PreparedScan["ended"];
  // The caller that runs a task in it gets its error; an unused one has no caller to report to.
  ended.catch(() => undefined);
  return { child, ended, lastWords: collectLastWords(child) };
}

function interrupt({ child }: PreparedScan, guard: ScanGuard): void {
  order(child, { type: "abort" });
  setTimeout(() => guard.end("interrupted"), MAX_ABORT_MS).unref();
}

function order(child: ChildProcess, message: ScanOrder): void {
  // Sending to a process that has just ended fails, and is not needed.
  if (child.connected) child.send(message, () => undefined);
}

async function untilEnded(
  { child, ended, lastWords }: PreparedScan,
  guard: ScanGuard,
  { task, databaseUrl, onEvent, signal }: RunScanOptions & { task: ScanTask },
): Promise<void> {
  let ending: Extract<ScanReply, { type: "done" | "failed" }> | undefined;
  child.on("message", (reply: ScanReply) => {
    guard.heard();
    if (reply.type === "event") onEvent(reply.event);
    else if (reply.type !== "alive") ending = reply;
  });
  order(child, { type: "start", task, databaseUrl });
  const [code, endedBy] = await ended;
  if (ending?.type === "done") return;
  if (ending?.type === "failed") throw toError(ending.error);
  signal.throwIfAborted();
  throw toBreakdown(guard.breach, { code, endedBy, lastWords: lastWords() });
}

function collectLastWords(child: ChildProcess): () => string {
  let words = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    words = (words + text).slice(-MAX_LAST_WORDS);
  });
  return () => words;
}

interface Ending {
  readonly code: number | null;
  readonly endedBy: NodeJS.Signals | null;
  readonly lastWords: string;
}

const OUT_OF_MEMORY = /heap out of memory|Reached heap limit|allocation failed|ERR_WORKER_OUT_OF_MEMORY/i;

function toBreakdown(breach: Breach | undefined, { code, endedBy, lastWords }: Ending): Error {
  if (breach === "memory" || (breach === undefined && OUT_OF_MEMORY.test(lastWords))) {
    return new InputError(
      "limit-exceeded",
      "",
      "reading it takes more than 512 MiB of memory; nothing of it is stored",
    );
  }
  if (breach === "silence") {
    return new InputError("limit-exceeded", "", "one step of reading it takes more than 30 s; nothing of it is stored");
  }
  if (endedBy !== null) {
    return new UnreachableError(`the scanning process was killed (${endedBy}); no partial data was stored: scan again`);
  }
  return new Error(`the scanning process ended with status ${code}\n${lastWords.trim()}`);
}
