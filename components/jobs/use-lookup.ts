import { useEffect, useState } from "react";

/** The answer of one of our routes, or the one line why there is none. */
export interface Lookup<Answer> {
  readonly path: string;
  readonly answer: Answer | undefined;
  readonly line: string;
}

/**
 * Asks a route for JSON once `path` stays the same for a while; an earlier question is given up. `undefined` asks nothing. While a
 * question is open, the answer is still the one before.
 */
export function useLookup<Answer>(
  path: string | undefined,
  afterMs: number,
): { last: Lookup<Answer> | undefined; isPending: boolean } {
  const [last, setLast] = useState<Lookup<Answer>>();
  useEffect(() => {
    if (path === undefined) return;
    const abort = new AbortController();
    const timer = setTimeout(
      () => void lookUp<Answer>(path, abort.signal).then((found) => found && setLast(found)),
      afterMs,
    );
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [path, afterMs]);
  return { last, isPending: path !== undefined && last?.path !== path };
}

/** `undefined` if it was given up. */
async function lookUp<Answer>(path: string, signal: AbortSignal): Promise<Lookup<Answer> | undefined> {
  try {
    const response = await fetch(path, { signal });
    if (response.ok) return { path, answer: (await response.json()) as Answer, line: "" };
    // Next.js answers an error of ours with an empty body.
    const line = (await response.text()).trim();
    return { path, answer: undefined, line: line || `The server failed to answer (status ${response.status}).` };
  } catch (error) {
    if (signal.aborted) return undefined;
    if (error instanceof TypeError) return { path, answer: undefined, line: "The server does not answer." };
    throw error;
  }
}
