import type { ScanProgress } from "#lib/model/scan-progress.ts";

/** The running scan of this process. */
export interface ScanUnderWay {
  readonly progress: ScanProgress;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
}

// The pages' bundle has a second copy of this module beside the command line's: both must share this state.
const kept = globalThis as typeof globalThis & { stratigraphScan?: ScanUnderWay };

/** Sets the progress of the current scan; `undefined` when there is none. */
export function noteScan(progress: ScanProgress | undefined): void {
  const startedAt = kept.stratigraphScan?.startedAt ?? Date.now();
  kept.stratigraphScan = progress && { progress, startedAt };
}

/** The current scan of this process. Scans of other commands appear when they are done. */
export function scanUnderWay(): ScanUnderWay | undefined {
  return kept.stratigraphScan;
}
