import * as v from "valibot";
import { loadHolders } from "#lib/views/search.ts";
import { jsonResponse } from "../../json-response.ts";
import { orUnavailable } from "../../or-unavailable.ts";

const LONGEST = 4096;
const query = v.object({
  file: v.fallback(v.optional(v.pipe(v.string(), v.maxLength(LONGEST))), undefined),
  component: v.fallback(v.optional(v.pipe(v.string(), v.maxLength(LONGEST))), undefined),
  q: v.fallback(v.pipe(v.string(), v.trim(), v.maxLength(LONGEST)), ""),
});

/** The artifacts with a file or a component: `GET /search/holders?file=PATH` or `?component=IDENTITY`; `q`: a part of their names. */
export const GET = orUnavailable(async (request: Request): Promise<Response> => {
  const { q, ...held } = v.parse(query, Object.fromEntries(new URL(request.url).searchParams));
  return jsonResponse(await loadHolders(held, q));
});
