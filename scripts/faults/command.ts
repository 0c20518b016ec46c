import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

export const PROJECT = fileURLToPath(new URL("../../", import.meta.url));
/** A command that has not ended by then hangs; this does not apply to one that serves or works until it is stopped. */
const MAX_RUN_MS = 60_000;

/** How a command ended, and how long it took. */
export interface Ending {
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly milliseconds: number;
}

/** A running command. */
export interface Running {
  readonly child: ChildProcess;
  readonly ending: Promise<Ending>;
}

/** Starts the real command line on the embedded database of `home`, in its own process group as a terminal does. */
export function start(home: string, args: readonly string[], environment: NodeJS.Dict<string> = {}): Running {
  const child = spawn(process.execPath, ["bin/stratigraph.mjs", ...args], {
    cwd: PROJECT,
    detached: true,
    env: { ...process.env, DATABASE_URL: "", STRATIGRAPH_DATA: home, INIT_CWD: PROJECT, NO_COLOR: "1", ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  return { child, ending: collect(child, args[0] === "serve" || args[0] === "worker") };
}

export function run(home: string, args: readonly string[]): Promise<Ending> {
  return start(home, args).ending;
}

async function collect(child: ChildProcess, isEndless: boolean): Promise<Ending> {
  const begun = performance.now();
  const output = ["", ""];
  for (const [i, stream] of [child.stdout, child.stderr].entries()) {
    stream?.setEncoding("utf8").on("data", (text: string) => {
      output[i] += text;
    });
  }
  const limit = isEndless ? undefined : setTimeout(() => signalGroup(child, "SIGKILL"), MAX_RUN_MS);
  const [status, signal] = (await once(child, "close")) as [number | null, NodeJS.Signals | null];
  clearTimeout(limit);
  const milliseconds = performance.now() - begun;
  return { status, signal, stdout: output[0]!, stderr: output[1]!, milliseconds };
}

/** Sends a signal to the command and everything it started, like Ctrl-C in a terminal. */
export function signalGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid !== undefined) signalProcess(-pid, signal);
}

/** False if the process no longer exists. */
export function signalProcess(pid: number, signal: NodeJS.Signals): boolean {
  try {
    process.kill(pid, signal);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ESRCH") return false;
    throw error;
  }
}

/** Process ids of a process's children (proc(5)); empty if it has ended. */
export function childrenOf(pid: number): number[] {
  return readProc(`${pid}/task/${pid}/children`).split(" ").filter(Boolean).map(Number);
}

/** The arguments a process was started with, or the title it has set since. */
export function titleOf(pid: number): string {
  return readProc(`${pid}/cmdline`).replaceAll("\0", " ").trim();
}

function readProc(path: string): string {
  try {
    return readFileSync(`/proc/${path}`, "utf8");
  } catch {
    // The process has ended.
    return "";
  }
}
