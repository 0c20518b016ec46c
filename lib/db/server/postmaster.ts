import { spawnSync } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const POLL_MILLISECONDS = 10;
/** A fast shutdown writes a checkpoint: seconds after a large load on a slow disk. */
const SHUTDOWN_PATIENCE = 60_000;
const KILL_PATIENCE = 10_000;

/** The process that serves the data directory; `undefined` when none does, whatever postmaster.pid says. */
export function findPostmaster(postgres: string): number | undefined {
  const pid = readPid(postgres);
  return pid !== undefined && serves(pid, postgres) ? pid : undefined;
}

/**
 * After `kill -9`, postmaster.pid stays, and its process id may be somebody else's by now: Postgres would refuse to
 * start for as long as that other process lives. Removes the file, unless the process could be a Postgres that somebody
 * started on this directory by hand: two on one directory would destroy it.
 */
export function removeStalePid(postgres: string): void {
  const pid = readPid(postgres);
  const words = pid === undefined ? "" : commandLine(pid);
  const elsewhere = words.includes(" -D ") && !words.includes(` -D ${postgres} `);
  if (words.includes("postgres") && !elsewhere) return;
  rmSync(join(postgres, "postmaster.pid"), { force: true });
}

/** "Fast" shutdown: clients are cut off, what was committed is kept. Returns when the process is gone. */
export async function stopPostmaster(postgres: string): Promise<void> {
  if (await signalUntilGone(postgres, "SIGINT", SHUTDOWN_PATIENCE)) return;
  if (await signalUntilGone(postgres, "SIGQUIT", KILL_PATIENCE)) return;
  throw new Error(`Postgres (process ${findPostmaster(postgres)}) does not stop`);
}

/** The same without waiting: for a process on its way out. */
export function signalPostmaster(postgres: string, signal: NodeJS.Signals): void {
  const pid = findPostmaster(postgres);
  if (pid === undefined) return;
  try {
    process.kill(pid, signal);
  } catch (error) {
    // Gone between the look and the signal, which is what was wanted.
    if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
  }
}

async function signalUntilGone(postgres: string, signal: NodeJS.Signals, patience: number): Promise<boolean> {
  signalPostmaster(postgres, signal);
  const deadline = Date.now() + patience;
  while (findPostmaster(postgres) !== undefined) {
    if (Date.now() > deadline) return false;
    await sleep(POLL_MILLISECONDS);
  }
  return true;
}

/** postmaster.pid's first line (miscinit.c, "LOCK_FILE_LINE_PID"). */
function readPid(postgres: string): number | undefined {
  const pid = Number.parseInt(readIfThere(join(postgres, "postmaster.pid")), 10);
  return Number.isSafeInteger(pid) && pid > 0 ? pid : undefined;
}

/** A server that stops takes its file with it at any moment: looking first and reading then would sometimes fail. */
function readIfThere(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return "";
    throw error;
  }
}

/** Whether the process was started with `-D` and this directory. A zombie has no command line, so it does not count. */
function serves(pid: number, postgres: string): boolean {
  return commandLine(pid).includes(` -D ${postgres} `);
}

function commandLine(pid: number): string {
  if (process.platform !== "linux") {
    return spawnSync("ps", ["-ww", "-o", "args=", "-p", String(pid)], { encoding: "utf8" }).stdout;
  }
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
  } catch {
    // No such process.
    return "";
  }
}
