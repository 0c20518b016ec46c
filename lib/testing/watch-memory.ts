import { readFileSync } from "node:fs";

/** Milliseconds between two looks; the kernel keeps the peak, so only what a process took after the last one is missed. */
const LOOK_EVERY_MS = 20;
const KIBIBYTE = 1024;

/**
 * Watches a process and all that it starts. The function it returns ends that and tells the bytes they held at most, each
 * process at its own peak, all added up: no less than they ever held together. Linux only.
 */
export function watchMemory(pid: number): () => number {
  const peaks = new Map<number, number>();
  const timer = setInterval(() => look(pid, peaks), LOOK_EVERY_MS);
  return () => {
    clearInterval(timer);
    return [...peaks.values()].reduce((total, bytes) => total + bytes, 0);
  };
}

function look(pid: number, peaks: Map<number, number>): void {
  const status = readProc(`${pid}/status`);
  // The embedded database is a program of its own, with memory that is set once and for all.
  if (/^Name:\s+(?:postgres|initdb)/.test(status)) return;
  const kibibytes = /^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1];
  if (kibibytes !== undefined) peaks.set(pid, Number(kibibytes) * KIBIBYTE);
  for (const child of readProc(`${pid}/task/${pid}/children`).split(" ").filter(Boolean)) look(Number(child), peaks);
}

/** "" where the process has ended. */
function readProc(path: string): string {
  try {
    return readFileSync(`/proc/${path}`, "latin1");
  } catch {
    return "";
  }
}
