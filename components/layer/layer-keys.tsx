"use client";

import { useEffect } from "react";
import { isSingleKey } from "#components/ui/single-keys.ts";

const LINKS = { "[": "lower-layer", "]": "upper-layer" } as const;

/** `[` and `]` go a layer down and up, `/` goes to the filter. */
export function LayerKeys() {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      for (const key of ["[", "]"] as const) if (isSingleKey(event, key)) document.getElementById(LINKS[key])?.click();
      if (!isSingleKey(event, "/")) return;
      event.preventDefault();
      document.querySelector<HTMLInputElement>("main input[type=search], input[aria-label='Find a path']")?.focus();
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, []);
  return null;
}
