import { join } from "node:path";
import { findPostmaster } from "#lib/db/server/postmaster.ts";
import { childrenOf, type Ending, type Running, signalGroup, signalProcess, titleOf } from "./command.ts";

/** A fault that is injected into a scan at a random moment. */
export interface Fault {
  readonly name: string;
  /** Injects it; false if there was nothing left to strike. */
  strike(scan: Running, home: string, random: () => number): boolean;
  /** What is wrong with how the struck command ended; "" if nothing is. */
  judge(ending: Ending): string;
}

/** From Ctrl-C to the end of the process, with the database stopped; the message comes within one second. */
const MAX_INTERRUPT_MS = 5000;

/** A killed process prints nothing. */
const killed: Fault["judge"] = ({ signal }) => (signal === "SIGKILL" ? "" : "did not die of it");

/** Either the scan was complete, or it could not continue: one line and exit 4. */
function doneOrUnreachable({ status, stderr }: Ending): string {
  if (status === 0) return "";
  if (status !== 4) return `exit ${status}: ${lastLine(stderr)}`;
  return complaints(stderr) === 1 ? "" : `${complaints(stderr)} lines: ${stderr.slice(0, 300)}`;
}

/** Number of lines on a scan's standard error that are not the result of an image. */
export function complaints(stderr: string): number {
  const lines = stderr.split("\n").filter((line) => line !== "");
  return lines.filter((line) => !/^\S+: image [0-9a-f]{16}, /.test(line)).length;
}

function lastLine(text: string): string {
  return text.trim().split("\n").at(-1) ?? "";
}

function pick<T>(list: readonly T[], random: () => number): T | undefined {
  return list[Math.floor(random() * list.length)];
}

function postmasterOf(home: string): number | undefined {
  return findPostmaster(join(home, "postgres"));
}

/** False if there is none. */
export function killPostmaster(home: string): boolean {
  return kill(postmasterOf(home));
}

/** The process that reads images; its threads cannot be killed individually: SIGKILL to a thread ends its process (signal(7)). */
function scanningProcess({ child }: Running): number | undefined {
  return childrenOf(child.pid ?? 0).find((pid) => titleOf(pid).includes("scan-process"));
}

function kill(pid: number | undefined): boolean {
  return pid !== undefined && signalProcess(pid, "SIGKILL");
}

export const FAULTS: readonly Fault[] = [
  {
    name: "kill -9 of the command",
    strike: ({ child }) => kill(child.pid),
    judge: killed,
  },
  {
    name: "kill -9 of the scanning process",
    strike: (scan) => kill(scanningProcess(scan)),
    judge: doneOrUnreachable,
  },
  {
    name: "kill -9 of a backend",
    strike: (_scan, home, random) => {
      const clients = childrenOf(postmasterOf(home) ?? 0).filter((pid) =>
        / stratigraph stratigraph /.test(titleOf(pid)),
      );
      return kill(pick(clients, random));
    },
    judge: doneOrUnreachable,
  },
  {
    name: "kill -9 of the postmaster",
    strike: (_scan, home) => killPostmaster(home),
    judge: doneOrUnreachable,
  },
  {
    name: "Ctrl-C",
    strike: ({ child }) => {
      signalGroup(child, "SIGINT");
      return child.exitCode === null && child.signalCode === null;
    },
    // Before our own code runs, nothing catches the signal and there is nothing to clean up.
    judge: ({ status, signal, stderr }) => {
      if (status === 0 || signal === "SIGINT") return "";
      if (status !== 130) return `exit ${status}: ${lastLine(stderr)}`;
      return complaints(stderr) === 1 ? "" : `${complaints(stderr)} lines: ${stderr.slice(0, 300)}`;
    },
  },
];

/** After Ctrl-C a person waits; a command that was killed or lost its server may take longer to clean up. */
export function isTooLate({ name }: Fault, milliseconds: number): boolean {
  return name === "Ctrl-C" && milliseconds > MAX_INTERRUPT_MS;
}
