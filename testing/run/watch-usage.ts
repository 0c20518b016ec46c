import { readFileSync } from "node:fs";

/** Resource usage of a process and its descendants. */
export interface Usage {
  /** Peak memory in bytes: the sum of each process' own peak, which is at least their peak together. */
  readonly peakBytes: number;
  /** Milliseconds of processor time, user and system, which do not depend on other load. */
  readonly cpuMs: number;
}

/** Milliseconds between two checks; the kernel keeps peaks and times, so only the usage after a process' last check is missed. */
const LOOK_EVERY_MS = 20;
const KIBIBYTE = 1024;
/** proc(5): times are in ticks of 1/100 s, on every Linux that Node runs on. */
const TICK_MS = 10;

/** Watches a process and its descendants. The returned function stops watching and returns their usage. Linux only. */
export function watchUsage(pid: number): () => Usage {
  const usages = new Map<number, Usage>();
  const timer = setInterval(() => look(pid, usages), LOOK_EVERY_MS);
  return () => {
    clearInterval(timer);
    const all = [...usages.values()];
    const sum = (key: keyof Usage) => all.reduce((total, usage) => total + usage[key], 0);
    return { peakBytes: sum("peakBytes"), cpuMs: sum("cpuMs") };
  };
}

function look(pid: number, usages: Map<number, Usage>): void {
  const status = readProc(`${pid}/status`);
  // The embedded database is a separate program with a fixed amount of memory.
  if (/^Name:\s+(?:postgres|initdb)/.test(status)) return;
  const kibibytes = /^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1];
  if (kibibytes !== undefined) usages.set(pid, { peakBytes: Number(kibibytes) * KIBIBYTE, cpuMs: readCpuMs(pid) });
  for (const child of readProc(`${pid}/task/${pid}/children`).split(" ").filter(Boolean)) look(Number(child), usages);
}

/** utime and stime, the 12th and 13th fields after the program's name in brackets. */
function readCpuMs(pid: number): number {
  const stat = readProc(`${pid}/stat`);
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) * TICK_MS;
}

/** "" if the process has ended. */
function readProc(path: string): string {
  try {
    return readFileSync(`/proc/${path}`, "latin1");
  } catch {
    return "";
  }
}
