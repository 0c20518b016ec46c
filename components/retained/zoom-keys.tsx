"use client";

import { useRouter } from "next/navigation";
import { useEffect, useRef } from "react";
import { isSingleKey } from "#components/ui/single-keys.ts";

interface ZoomKeysProps {
  /** The URL of the part around the one that is shown; `undefined` for everything. */
  readonly upHref: string | undefined;
  /** Changes with the part that is shown. */
  readonly scope: string;
  /** Id of the picture. */
  readonly picture: string;
}

/** Backspace shows the part around; after a step, the focus is on the picture if what had it is gone. */
export function ZoomKeys({ upHref, scope, picture }: ZoomKeysProps) {
  const { push } = useRouter();
  const shown = useRef(scope);
  useEffect(() => {
    if (shown.current === scope) return;
    shown.current = scope;
    const isLost = document.activeElement === document.body || document.activeElement === null;
    if (isLost) document.getElementById(picture)?.focus({ preventScroll: true });
  }, [scope, picture]);
  useEffect(() => {
    const goUp = (event: KeyboardEvent) => {
      if (upHref === undefined || !isSingleKey(event, "backspace")) return;
      event.preventDefault();
      push(upHref, { scroll: false });
    };
    document.addEventListener("keydown", goUp);
    return () => document.removeEventListener("keydown", goUp);
  }, [push, upHref]);
  return null;
}
