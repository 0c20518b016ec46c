import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { projectRoot } from "#lib/db/server/project.ts";
import { InputError, UnreachableError } from "#lib/model/problem.ts";
import { toError } from "#lib/model/thrown-error.ts";
import type { SourceAccess } from "#lib/sources/environment.ts";
import { MAX_ABORT_MS, MAX_SCAN_HEAP_MIB, SCAN_SEMI_SPACE_MIB } from "./limits.ts";
import type { ProcessOrder, ProcessReply } from "./process-messages.ts";
import { type Breach, ScanGuard } from "./scan-guard.ts";

/** By default glibc keeps up to 60 MiB of freed memory of threads and large columns (mallopt(3)). */
const MALLOC_SETTINGS = {
  MALLOC_ARENA_MAX: "1",
  MALLOC_TRIM_THRESHOLD_: "262144",
  MALLOC_MMAP_THRESHOLD_: "98304",
};
/** Length kept of a process' last output before it fails. */
const MAX_LAST_WORDS = 16_384;

/**
 * Where Node keeps stripped types and byte code, by default. A process or thread that enables the cache itself has loaded the stripper
 * for its first file by then: 30 ms of processor time each. What is set here also holds for the threads of the process.
 */
const COMPILE_CACHE = { NODE_COMPILE_CACHE: join(tmpdir(), "node-compile-cache") };

/** What messages say of a process that broke down. */
export interface ProcessWords {
  /** "the scanning process" */
  readonly process: string;
  /** What its end left behind: "nothing of it is stored". */
  readonly leftBehind: string;
  /** The same for one that was killed from outside, and what to do. */
  readonly whenKilled: string;
}

export interface GuardedOptions<Event> {
  readonly signal: AbortSignal;
  readonly onEvent: (event: Event) => void;
  readonly words: ProcessWords;
}

/**
 * Runs a task in a process that waits for one. The input cannot harm this process: a child that exceeds its limits of memory or silence
 * is killed.
 *
 * Rejects as the task does; with InputError `limit-exceeded` over a ceiling; with the signal's reason, within a second, when
 * interrupted; with UnreachableError if the process was killed from outside.
 */
export async function runGuarded<Task, Event>(
  guarded: GuardedProcess,
  task: Task,
  options: GuardedOptions<Event>,
): Promise<void> {
  const guard = new ScanGuard(guarded.child);
  const abort = () => interrupt(guarded, guard);
  options.signal.addEventListener("abort", abort, { once: true });
  try {
    await untilEnded(guarded, guard, { ...options, task });
  } finally {
    options.signal.removeEventListener("abort", abort);
    guard.stop();
    guarded.child.kill("SIGKILL");
  }
}

/** A process that waits for its task. */
export interface GuardedProcess {
  readonly child: ChildProcess;
  /** How it ended, once it has ended. */
  readonly ended: Promise<[code: number | null, endedBy: NodeJS.Signals | null]>;
  /** The end of its standard error: V8's own report if its heap is full. */
  readonly lastWords: () => string;
}

/**
 * Starts a process that loads its modules until it gets its task. It ends with this process; the caller kills one that it does not
 * use. `entry`: the parts of its path from the project, because inside the web server's bundle this file is elsewhere.
 */
export function startProcess(entry: readonly string[], { hasStdin }: Pick<SourceAccess, "hasStdin">): GuardedProcess {
  const root = projectRoot();
  const child = fork(join(root, ...entry), [], {
    execArgv: [
      "--import",
      ownModules(root),
      `--max-old-space-size=${MAX_SCAN_HEAP_MIB}`,
      `--max-semi-space-size=${SCAN_SEMI_SPACE_MIB}`,
    ],
    env: { ...COMPILE_CACHE, ...process.env, ...MALLOC_SETTINGS },
    serialization: "advanced",
    stdio: [hasStdin ? "inherit" : "ignore", "ignore", "pipe", "ipc"],
  });
  const ended = once(child, "close") as GuardedProcess["ended"];
  // The caller that runs a task in it gets its error; an unused one has no caller to report to.
  ended.catch(() => undefined);
  return { child, ended, lastWords: collectLastWords(child) };
}

/** What finds our modules faster, also in the threads of the process. */
function ownModules(root: string): string {
  return pathToFileURL(join(root, "bin", "own-modules.mjs")).href;
}

function interrupt({ child }: GuardedProcess, guard: ScanGuard): void {
  order(child, { type: "abort" });
  setTimeout(() => guard.end("interrupted"), MAX_ABORT_MS).unref();
}

function order<Task>(child: ChildProcess, message: ProcessOrder<Task>): void {
  // Sending to a process that has just ended fails, and is not needed.
  if (child.connected) child.send(message, () => undefined);
}

async function untilEnded<Task, Event>(
  { child, ended, lastWords }: GuardedProcess,
  guard: ScanGuard,
  { task, onEvent, signal, words }: GuardedOptions<Event> & { task: Task },
): Promise<void> {
  let ending: Extract<ProcessReply<Event>, { type: "done" | "failed" }> | undefined;
  child.on("message", (reply: ProcessReply<Event>) => {
    guard.heard();
    if (reply.type === "event") onEvent(reply.event);
    else if (reply.type !== "alive") ending = reply;
  });
  order(child, { type: "start", task });
  const [code, endedBy] = await ended;
  if (ending?.type === "done") return;
  if (ending?.type === "failed") throw toError(ending.error);
  signal.throwIfAborted();
  throw toBreakdown(guard.breach, { code, endedBy, lastWords: lastWords() }, words);
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

function toBreakdown(breach: Breach | undefined, { code, endedBy, lastWords }: Ending, words: ProcessWords): Error {
  if (breach === "memory" || (breach === undefined && OUT_OF_MEMORY.test(lastWords))) {
    const message = `reading it takes more than 512 MiB of memory; ${words.leftBehind}`;
    return new InputError("limit-exceeded", "", message);
  }
  if (breach === "silence") {
    return new InputError("limit-exceeded", "", `one step of reading it takes more than 30 s; ${words.leftBehind}`);
  }
  if (endedBy !== null) {
    return new UnreachableError(`${words.process} was killed (${endedBy}); ${words.whenKilled}`);
  }
  return new Error(`${words.process} ended with status ${code}\n${lastWords.trim()}`);
}
