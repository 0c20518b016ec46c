import { performance } from "node:perf_hooks";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** Between two looks. */
const LOOK_EVERY_MS = 10_000;
/** A collection takes a tenth of a second; after less work than this there is not much to collect. */
const WORTH_MS = 2000;
/** Busy for less than this share of the time: a page left open that asks what is new, at most. */
const IDLE_SHARE = 0.05;

export interface IdleOptions {
  readonly lookEveryMs?: number;
  readonly worthMs?: number;
  readonly idleShare?: number;
}

/**
 * Gives memory back when a busy server falls quiet. V8 lets garbage lie until it needs the room: after a minute of many
 * readers the process held 600 MiB, of which 80 could be reached, for as long as nobody asked anything. Returns what stops it.
 */
export function collectWhenIdle(options: IdleOptions = {}): () => void {
  const { lookEveryMs = LOOK_EVERY_MS, worthMs = WORTH_MS, idleShare = IDLE_SHARE } = options;
  const collect = toCollector();
  let looked = performance.eventLoopUtilization();
  let workedMs = 0;
  const timer = setInterval(() => {
    const now = performance.eventLoopUtilization();
    const { active, utilization } = performance.eventLoopUtilization(now, looked);
    looked = now;
    workedMs += active;
    if (utilization > idleShare || workedMs < worthMs) return;
    collect();
    workedMs = 0;
  }, lookEveryMs).unref();
  return () => clearInterval(timer);
}

/**
 * Node shows its collector to contexts that are made while the flag is set, and to no other. The last resort gives empty pages back
 * to the system; a usual collection keeps them for later, and the process stays as large as it was.
 */
function toCollector(): () => void {
  setFlagsFromString("--expose-gc");
  const gc = runInNewContext("gc") as (how: object) => void;
  const collect = () => gc({ type: "major", execution: "sync", flavor: "last-resort" });
  setFlagsFromString("--no-expose-gc");
  return collect;
}
