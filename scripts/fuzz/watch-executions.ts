import type { FuzzTarget } from "./fuzz-target.ts";

/** Processor time that one input may take: parsers stop long before, because of their limits. */
const MAX_INPUT_MS = 1000;
/**
 * Growth between the first quarter of a run and its last that is not a leak: code compiled late, tables of the engine.
 * A leak of ten bytes per execution exceeds it within the million executions of a run.
 */
const MAX_GROWTH_BYTES = 4 * 1024 ** 2;
/** How often memory is measured in one run, each time after a garbage collection. */
const SAMPLES = 40;

/** The figures of a run, apart from its findings. */
export interface RunFigures {
  readonly executions: number;
  /** Processor time of the slowest input. */
  readonly slowestMs: number;
  /** The minimum of live memory in the last quarter, minus that in the first. */
  readonly growthBytes: number;
}

/** Runs a target's check, and fails if an input takes too long; counts executions, and measures memory from time to time. */
export class ExecutionWatch {
  readonly #check: FuzzTarget["check"];
  readonly #interval: number;
  readonly #kept: number[] = [];
  #executions = 0;
  #slowestMs = 0;

  constructor({ check }: FuzzTarget, runs: number) {
    this.#check = check;
    this.#interval = Math.max(1, Math.floor(runs / SAMPLES));
  }

  /** For checks that return nothing: the engine must not get a promise. */
  readonly run = (input: Uint8Array): void => {
    const started = performance.now();
    this.#check(input);
    if (!this.#isSlow(started)) return;
    const before = process.cpuUsage();
    this.#check(input);
    this.#holdTime(before);
  };

  readonly runAsync = async (input: Uint8Array): Promise<void> => {
    const started = performance.now();
    await this.#check(input);
    if (!this.#isSlow(started)) return;
    const before = process.cpuUsage();
    await this.#check(input);
    this.#holdTime(before);
  };

  figures(): RunFigures {
    const quarter = this.#kept.length >> 2;
    const growthBytes =
      quarter === 0 ? 0 : Math.min(...this.#kept.slice(-quarter)) - Math.min(...this.#kept.slice(0, quarter));
    return { executions: this.#executions, slowestMs: this.#slowestMs, growthBytes };
  }

  /** Counts the execution. On a busy machine, time passes that no input uses: a slow one is run again. */
  #isSlow(started: number): boolean {
    const isSlow = performance.now() - started > this.#slowestMs;
    this.#executions += 1;
    if (this.#executions % this.#interval === 0) this.#kept.push(keptBytes());
    return isSlow;
  }

  #holdTime(before: NodeJS.CpuUsage): void {
    const { user, system } = process.cpuUsage(before);
    const ms = (user + system) / 1000;
    this.#slowestMs = Math.max(this.#slowestMs, ms);
    if (ms > MAX_INPUT_MS) throw new Error(`an input of ${Math.round(ms)} ms; the limit is ${MAX_INPUT_MS}`);
  }
}

/** What is wrong with the figures of a whole run, if anything. */
export function findGrowth({ growthBytes }: RunFigures): string | undefined {
  if (growthBytes <= MAX_GROWTH_BYTES) return undefined;
  return `memory grew by ${growthBytes} bytes from the first quarter to the last; the limit is ${MAX_GROWTH_BYTES}`;
}

/**
 * Bytes on the heap and in buffers that are still in use. Needs --expose-gc. Buffers are freed some time after they
 * are collected, so only the minimum of several measurements shows what is live.
 */
function keptBytes(): number {
  if (globalThis.gc === undefined) throw new Error("started without --expose-gc: growth cannot be measured");
  globalThis.gc();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}
