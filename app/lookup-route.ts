import { RIGHTS_HEADER } from "#lib/model/rights.ts";
import { orUnavailable } from "./or-unavailable.ts";
import { refuse } from "./own-forms.ts";

/** Letters of a question. */
const MAX_QUESTION_LENGTH = 8192;

/**
 * A route by which our pages ask other servers something, until the page gives up. Another site's page is refused: it could not read
 * the answer, but would make this server knock at any door.
 */
export function lookupRoute(answer: (params: URLSearchParams, signal: AbortSignal) => Promise<Response>) {
  return orUnavailable(async (request: Request): Promise<Response> => {
    const site = request.headers.get("sec-fetch-site");
    if (site !== null && site !== "same-origin" && site !== "none") return refuse(403, "cross-site request refused");
    // Registries are asked with the server's logins.
    if ((request.headers.get(RIGHTS_HEADER) ?? "write") !== "write")
      return refuse(401, "this needs the server's token");
    if (request.url.length > MAX_QUESTION_LENGTH) return refuse(414, "the question is too long");
    try {
      return await answer(new URL(request.url).searchParams, request.signal);
    } catch (error) {
      // The page has gone, or the other server takes too long.
      if (error instanceof DOMException) return refuse(504, "the registry does not answer in time");
      throw error;
    }
  });
}
