import { PAGE_FAILURES } from "#lib/display/page-failure.ts";
import { pageFailureOf } from "#lib/model/page-failure.ts";
import { UsageError } from "#lib/model/problem.ts";

/** Seconds until a client may retry (RFC 9110, 10.2.3). */
const RETRY_AFTER = 5;

/**
 * The same route. If the database fails it responds with 503 and one line, if what is asked for is not known with 409 and one line;
 * Next.js would respond with an empty 500.
 */
export function orUnavailable<Args extends unknown[]>(
  route: (...args: Args) => Promise<Response>,
): (...args: Args) => Promise<Response> {
  return async (...args) => {
    try {
      return await route(...args);
    } catch (error) {
      if (error instanceof UsageError) return new Response(`${error.message}\n`, { status: 409 });
      const failure = pageFailureOf(error);
      if (failure === undefined) throw error;
      return new Response(`${PAGE_FAILURES[failure]}\n`, {
        status: 503,
        headers: { "Content-Type": "text/plain; charset=utf-8", "Retry-After": `${RETRY_AFTER}` },
      });
    }
  };
}
