"use client";

import { showScanDialog } from "./show-scan.ts";

/** Opens the dialog that asks what to scan. */
export function ScanButton() {
  return (
    <button
      type="button"
      onClick={() => showScanDialog()}
      aria-haspopup="dialog"
      aria-keyshortcuts="S"
      className="writes button main shrink-0"
    >
      Scan…
      <kbd
        aria-hidden
        className="ml-2.5 hidden rounded border border-current px-1 font-sans text-2xs opacity-60 sm:inline"
      >
        S
      </kbd>
    </button>
  );
}
