import { PAGE_FAILURES } from "#lib/display/page-failure.ts";
import { pageFailureOf } from "#lib/model/page-failure.ts";

/** Seconds until a client may retry (RFC 9110, 10.2.3). */
const RETRY_AFTER = 5;

/** The same route. If the database fails it responds with 503 and one line; Next.js would respond with an empty 500. */
export function orUnavailable<Args extends unknown[]>(
  route: (...args: Args) => Promise<Response>,
): (...args: Args) => Promise<Response> {
  return async (...args) => {
    try {
      return await route(...args);
    } catch (error) {
      const failure = pageFailureOf(error);
      if (failure === undefined) throw error;
      return new Response(`${PAGE_FAILURES[failure]}\n`, {
        status: 503,
        headers: { "Content-Type": "text/plain; charset=utf-8", "Retry-After": `${RETRY_AFTER}` },
      });
    }
  };
}
