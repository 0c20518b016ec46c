import { useSyncExternalStore } from "react";

/** The ways into a scan. */
export type ScanTab = "registry" | "archive" | "machine";

/** A request to show the dialog; `count` tells two requests apart. */
export interface ScanShown {
  readonly tab: ScanTab | undefined;
  readonly count: number;
}

const listeners = new Set<() => void>();
let shown: ScanShown = { tab: undefined, count: 0 };

/** Opens the dialog of the page, at a tab or where it was last. */
export function showScanDialog(tab?: ScanTab): void {
  shown = { tab, count: shown.count + 1 };
  for (const listener of listeners) listener();
}

/** The last request; its count is 0 until there is one. */
export function useScanShown(): ScanShown {
  const follow = (listener: () => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  return useSyncExternalStore(
    follow,
    () => shown,
    () => NEVER,
  );
}

const NEVER: ScanShown = { tab: undefined, count: 0 };
