import type { ScanProgress } from "#lib/model/scan-progress.ts";

// The pages' bundle has a second copy of this module beside the command line's: both must share this state.
const kept = globalThis as typeof globalThis & { stratigraphScan?: ScanProgress };

/** Sets the current scan; `undefined` when there is none. */
export function noteScan(scan: ScanProgress | undefined): void {
  kept.stratigraphScan = scan;
}

/** The current scan of this process. Scans of other processes appear when they are done. */
export function scanUnderWay(): ScanProgress | undefined {
  return kept.stratigraphScan;
}
