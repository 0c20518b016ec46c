import * as v from "valibot";
import { loadNearNames } from "#lib/views/search.ts";
import { jsonResponse } from "../../json-response.ts";
import { orUnavailable } from "../../or-unavailable.ts";

const LONGEST = 4096;
const name = v.pipe(v.string(), v.maxLength(LONGEST));
const query = v.object({ q: v.fallback(name, ""), component: v.fallback(v.optional(name), undefined) });

/** Names like one that a page does not find: `GET /search/near?q=ARTIFACT`, with `component=NODE` those of components in it. */
export const GET = orUnavailable(async (request: Request): Promise<Response> => {
  const { q, component } = v.parse(query, Object.fromEntries(new URL(request.url).searchParams));
  return jsonResponse(await loadNearNames(q, component));
});
