import type { RunFigures } from "./watch-executions.ts";

/** A worker's report of its run. */
export interface WorkerReport extends RunFigures {
  /** The finding with its stack; `undefined` if there was none. */
  readonly failure?: string;
  /** Peak resident memory of the process, the engine included. */
  readonly peakBytes: number;
}
