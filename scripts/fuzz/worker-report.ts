import type { RunFigures } from "./watch-executions.ts";

/** What a worker tells of its run. */
export interface WorkerReport extends RunFigures {
  /** What was found, with its stack; `undefined` where nothing was. */
  readonly failure?: string;
  /** The most memory that the process had resident, the engine's own included. */
  readonly peakBytes: number;
}
