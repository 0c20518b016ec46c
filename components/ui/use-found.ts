import { useEffect, useState } from "react";
import { withQuery } from "#lib/display/paths.ts";

/** Milliseconds without a key press before the server is asked. */
const PATIENCE = 120;

/** The results, and the text they belong to. */
interface Found<Result> {
  readonly text: string;
  readonly result: Result;
}

/**
 * The server's results for a text while it is typed: `path?q=TEXT`, requested once typing pauses; an earlier request is
 * aborted. The value is `nothing` if the text is empty, and until the first response. An error leaves the last results.
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
