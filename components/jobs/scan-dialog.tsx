"use client";

import dynamic from "next/dynamic";
import { useEffect } from "react";
import { isSingleKey } from "#components/ui/single-keys.ts";
import { showScanDialog, useScanShown } from "./show-scan.ts";

// Loaded when the dialog first opens, so that no page pays for it.
const ScanWindow = dynamic(() => import("./scan-window.tsx").then(({ ScanWindow: found }) => found), { ssr: false });

/** Asks what to scan, from any page: by its button, or with the key S. */
export function ScanDialog() {
  const shown = useScanShown();
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      // After G, the letter opens a page.
      if (
        event.defaultPrevented ||
        !isSingleKey(event, "s") ||
        document.querySelector("dialog[open], [role=dialog]") !== null
      )
        return;
      event.preventDefault();
      showScanDialog();
    };
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, []);
  return shown.count === 0 ? null : <ScanWindow shown={shown} />;
}
