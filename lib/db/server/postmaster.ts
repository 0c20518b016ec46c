import { spawnSync } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { errorCode } from "#lib/model/error-code.ts";

/** Interval between two checks of a server that starts or stops. */
export const POLL_MILLISECONDS = 10;

/** The process that serves the data directory; `undefined` if there is none, whatever postmaster.pid contains. */
export function findPostmaster(postgres: string): number | undefined {
  const pid = readPid(postgres);
  return pid !== undefined && serves(pid, postgres) ? pid : undefined;
}

/**
 * After `kill -9`, postmaster.pid remains, and its process id may now belong to another process: Postgres would refuse to start
 * for as long as that process lives. Removes the file, unless the process could be a Postgres that a user started on this
 * directory by hand: two servers on one directory would destroy it.
 */
export function removeStalePid(postgres: string): void {
  const pid = readPid(postgres);
  const words = pid === undefined ? "" : commandLine(pid);
  const elsewhere = words.includes(" -D ") && !words.includes(` -D ${postgres} `);
  if (words.includes("postgres") && !elsewhere) return;
  rmSync(join(postgres, "postmaster.pid"), { force: true });
}

/** Sends a signal to the process that serves the data directory, if there is one. */
export function signalPostmaster(postgres: string, signal: NodeJS.Signals): void {
  const pid = findPostmaster(postgres);
  if (pid === undefined) return;
  try {
    process.kill(pid, signal);
  } catch (error) {
    // The process ended between the check and the signal, as intended.
    if (errorCode(error) !== "ESRCH") throw error;
  }
}

/** Sends the signal and waits; false if the server still runs after `maxMs` milliseconds. */
export async function signalUntilGone(postgres: string, signal: NodeJS.Signals, maxMs: number): Promise<boolean> {
  signalPostmaster(postgres, signal);
  return waitUntilGone(postgres, maxMs);
}

/** False if the server still runs after `maxMs` milliseconds. */
export async function waitUntilGone(postgres: string, maxMs: number): Promise<boolean> {
  const deadline = Date.now() + maxMs;
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

/** A stopping server removes its file at any moment: checking first and reading then would sometimes fail. */
function readIfThere(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (errorCode(error) === "ENOENT") return "";
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
