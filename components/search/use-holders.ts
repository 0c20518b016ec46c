import { useEffect, useState } from "react";
import { withQuery } from "#lib/display/paths.ts";
import type { HolderList } from "#lib/views/search.ts";

/** Milliseconds without a key press before the server is asked. */
const DEBOUNCE_MS = 120;

/** The artifacts at a route of holders, whose names contain the text; `undefined` until the server has answered. */
export function useHolders(path: string | undefined, text: string): HolderList | undefined {
  const asked = path === undefined ? undefined : withQuery(path, { q: text.trim() });
  const [last, setLast] = useState<{ readonly asked: string; readonly list: HolderList }>();
  useEffect(() => {
    if (asked === undefined) return;
    const abort = new AbortController();
    const timer = setTimeout(async () => {
      try {
        const response = await fetch(asked, { signal: abort.signal });
        if (response.ok) setLast({ asked, list: (await response.json()) as HolderList });
      } catch (error) {
        if (!abort.signal.aborted) throw error;
      }
    }, DEBOUNCE_MS);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [asked]);
  return last !== undefined && path !== undefined && last.asked.startsWith(path) ? last.list : undefined;
}
