import { type ChildProcess, execFile } from "node:child_process";
import { closeSync, openSync, readSync } from "node:fs";
import { MAX_SCAN_RESIDENT_BYTES, MAX_SILENCE_MS } from "./limits.ts";

/** The reason why the guard ended a process. */
export type Breach = "memory" | "silence" | "interrupted";

/** Milliseconds between two memory checks: at a gigabyte per second a process grows by 10 MiB in between. */
const LOOK_EVERY_MS = 10;
/** Without /proc, asking `ps` starts a process. */
const ASK_EVERY_MS = 250;
const KIBIBYTE = 1024;

/** Watches the scanning process from outside, and kills it over a ceiling: a process in trouble cannot answer. */
export class ScanGuard {
  breach: Breach | undefined;
  readonly #child: ChildProcess;
  readonly #timer: NodeJS.Timeout;
  #silentMs = 0;

  constructor(child: ChildProcess) {
    this.#child = child;
    const everyMs = process.platform === "linux" ? LOOK_EVERY_MS : ASK_EVERY_MS;
    // Counted in checks, so that time in which this process itself was blocked does not count.
    this.#timer = setInterval(() => this.#look(everyMs), everyMs).unref();
  }

  /** The process is responsive. */
  heard(): void {
    this.#silentMs = 0;
  }

  /** Kills the process for this reason. The first reason counts. */
  end(breach: Breach): void {
    this.breach ??= breach;
    this.#child.kill("SIGKILL");
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #look(passedMs: number): void {
    this.#silentMs += passedMs;
    if (this.#silentMs > MAX_SILENCE_MS) this.end("silence");
    const { pid } = this.#child;
    if (pid !== undefined) readResident(pid, (bytes) => bytes > MAX_SCAN_RESIDENT_BYTES && this.end("memory"));
  }
}

/** Gives the resident bytes of a process to `take`, unless it has ended. */
function readResident(pid: number, take: (bytes: number) => void): void {
  if (process.platform !== "linux") {
    execFile("ps", ["-o", "rss=", "-p", String(pid)], (_, text) => take(Number(text) * KIBIBYTE || 0));
    return;
  }
  const kibibytes = /^VmRSS:\s+(\d+) kB$/m.exec(readStatus(pid))?.[1];
  if (kibibytes !== undefined) take(Number(kibibytes) * KIBIBYTE);
}

/** Read a hundred times a second for as long as a scan takes: a buffer for each would be most of this process' garbage. */
const STATUS = Buffer.alloc(8192);

function readStatus(pid: number): string {
  let file: number | undefined;
  try {
    file = openSync(`/proc/${pid}/status`, "r");
    return STATUS.toString("latin1", 0, readSync(file, STATUS));
  } catch {
    // The process has ended since; an event reports that.
    return "";
  } finally {
    if (file !== undefined) closeSync(file);
  }
}
