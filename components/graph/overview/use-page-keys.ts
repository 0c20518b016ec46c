import { useEffect, useEffectEvent } from "react";
import { areSingleKeysOn } from "#components/ui/single-keys.ts";

/** Keys that move the drawing, or show another view. */
const KEYS = /^[fm0+=-]$/;

/** A page that was just opened has no focus: its drawing takes these keys all the same. */
export function usePageKeys(press: (event: KeyboardEvent) => void): void {
  const take = useEffectEvent((event: KeyboardEvent) => {
    if (event.target === document.body && KEYS.test(event.key) && areSingleKeysOn()) press(event);
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => take(event);
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, []);
}
