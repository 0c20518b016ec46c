"use client";

import { useEffect } from "react";
import { isSingleKey } from "#components/ui/single-keys.ts";

const LINKS = { "[": "lower-layer", "]": "upper-layer" } as const;

/** In their boxes, the current steps are in view. */
function showCurrent(): void {
  for (const box of document.querySelectorAll<HTMLElement>("ol[data-current-in-view]")) {
    const current = box.querySelector<HTMLElement>("[aria-current]");
    if (current === null) continue;
    const [inner, outer] = [current.getBoundingClientRect(), box.getBoundingClientRect()];
    box.scrollTop += inner.top - outer.top - (outer.height - inner.height) / 2;
  }
}

/** `[` and `]` go a layer down and up. */
export function LayerKeys({ position }: { position: number }) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: another layer has another current step
  useEffect(showCurrent, [position]);
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      for (const key of ["[", "]"] as const) if (isSingleKey(event, key)) document.getElementById(LINKS[key])?.click();
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, []);
  return null;
}
