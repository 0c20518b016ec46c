/** A request of the load: a URL, and whether it is a client-side navigation (React's own format). */
export interface LoadRequest {
  /** The kind of page, for the report. */
  readonly page: string;
  readonly path: string;
  readonly withinApp?: boolean;
  /** It leads to the address with the node's name. */
  readonly byIndex?: boolean;
}

/** The result of one round. Times in milliseconds, from the request to the last byte. */
export interface Round {
  readonly requests: number;
  /** Responses that were not 200, were cut short, or never came: reason → count. */
  readonly errors: ReadonlyMap<string, number>;
  readonly errorCount: number;
  readonly milliseconds: number;
  /** Ascending. */
  readonly times: Float64Array;
  readonly timesByPage: ReadonlyMap<string, Float64Array>;
}

export interface RoundOptions {
  readonly clients: number;
  readonly seconds: number;
  /** Request number `turn` of one client. */
  readonly toRequest: (client: number, turn: number) => LoadRequest;
}

/** Later responses count as missing. On a busy machine one may take a minute: that is slow, and reported as such. */
const PATIENCE_MS = 120_000;

/** Clients that request one page after the other for a while, without pauses. Requests still running at the end are awaited. */
export async function runRound(url: string, { clients, seconds, toRequest }: RoundOptions): Promise<Round> {
  const timesByPage = new Map<string, number[]>();
  const errors = new Map<string, number>();
  const started = performance.now();
  const end = started + seconds * 1000;
  await Promise.all(
    Array.from({ length: clients }, async (_, client) => {
      for (let turn = 0; performance.now() < end; turn++) {
        const request = toRequest(client, turn);
        const begun = performance.now();
        const error = await ask(url, request);
        if (error !== undefined) errors.set(error, (errors.get(error) ?? 0) + 1);
        const times = timesByPage.get(request.page) ?? [];
        timesByPage.set(request.page, times);
        times.push(performance.now() - begun);
      }
    }),
  );
  const times = Float64Array.from([...timesByPage.values()].flat()).sort();
  return {
    requests: times.length,
    errors,
    errorCount: [...errors.values()].reduce((total, count) => total + count, 0),
    milliseconds: performance.now() - started,
    times,
    timesByPage: new Map([...timesByPage].map(([page, own]) => [page, Float64Array.from(own).sort()])),
  };
}

/** What was wrong with the response; `undefined` if nothing was. */
async function ask(
  url: string,
  { path, withinApp = false, byIndex = false }: LoadRequest,
): Promise<string | undefined> {
  try {
    const response = await fetch(url + path, {
      headers: withinApp ? { RSC: "1" } : {},
      // React's own format is requested under a hash of the headers, which the server computes; a page never redirects elsewhere, but from a node's index to its name.
      redirect: withinApp || byIndex ? "follow" : "error",
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    const body = await response.text();
    if (response.status !== 200) return `${path}: ${response.status}`;
    const isPage = response.headers.get("content-type")?.startsWith("text/html") ?? false;
    // An error after the first bytes are sent cuts the page short.
    if (isPage && !body.trimEnd().endsWith("</html>")) return `${path}: cut short`;
    return body === "" ? `${path}: empty` : undefined;
  } catch (error) {
    return `${path}: ${error instanceof Error ? (error.cause ?? error) : error}`;
  }
}

/** The value below which this share of the sorted times lies; 0 if there are none. */
export function percentile(sorted: Float64Array, share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}
