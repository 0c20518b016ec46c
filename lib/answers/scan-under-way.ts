/** The scan that this process runs, for pages that are looked at meanwhile. */
export interface ScanUnderWay {
  /** The image, or the source where its images are not known yet. */
  readonly name: string;
  /** From 0, of `count`. */
  readonly index: number;
  readonly count: number;
}

// The pages' bundle has a copy of this module beside the command line's: both must see the same.
const kept = globalThis as typeof globalThis & { stratigraphScan?: ScanUnderWay };

/** Notes what is being scanned; `undefined` when nothing is any more. */
export function noteScan(scan: ScanUnderWay | undefined): void {
  kept.stratigraphScan = scan;
}

/** What is being scanned by this process. Scans of others show when they are done. */
export function scanUnderWay(): ScanUnderWay | undefined {
  return kept.stratigraphScan;
}
