import { useEffect, useState } from "react";
import { withQuery } from "#lib/display/paths.ts";

/** Milliseconds without a key before the server is asked. */
const PATIENCE = 120;

/** What was found, and for which text. */
interface Found<Result> {
  readonly text: string;
  readonly result: Result;
}

/**
 * What the server finds for a text while a person types it: `path?q=TEXT`, asked once the typing pauses, an older question
 * given up. `nothing` stands where nothing is typed, and until the first answer. An answer that is an error leaves the last.
 */
export function useFound<Result>(path: string, text: string, nothing: Result): { found: Result; pending: boolean } {
  const wanted = text.trim();
  const [last, setLast] = useState<Found<Result>>({ text: "", result: nothing });
  useEffect(() => {
    if (wanted === "") return;
    const abort = new AbortController();
    const timer = setTimeout(async () => {
      try {
        const response = await fetch(withQuery(path, { q: wanted }), { signal: abort.signal });
        if (response.ok) setLast({ text: wanted, result: (await response.json()) as Result });
      } catch (error) {
        if (!abort.signal.aborted) throw error;
      }
    }, PATIENCE);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [path, wanted]);
  return { found: wanted === "" ? nothing : last.result, pending: last.text !== wanted };
}
