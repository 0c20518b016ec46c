/** The running scan of this process, for pages shown meanwhile. */
export interface ScanUnderWay {
  /** The image, or the source if its images are not known yet. */
  readonly name: string;
  /** From 0, of `count`. */
  readonly index: number;
  readonly count: number;
}

// The pages' bundle has a second copy of this module beside the command line's: both must share this state.
const kept = globalThis as typeof globalThis & { stratigraphScan?: ScanUnderWay };

/** Sets the current scan; `undefined` when there is none. */
export function noteScan(scan: ScanUnderWay | undefined): void {
  kept.stratigraphScan = scan;
}

/** The current scan of this process. Scans of other processes appear when they are done. */
export function scanUnderWay(): ScanUnderWay | undefined {
  return kept.stratigraphScan;
}
