import { z } from "zod";
import { loadHolders } from "#lib/views/search.ts";
import { jsonResponse } from "../../json-response.ts";
import { orUnavailable } from "../../or-unavailable.ts";

const LONGEST = 4096;
const query = z.object({
  file: z.string().max(LONGEST).optional().catch(undefined),
  component: z.string().max(LONGEST).optional().catch(undefined),
  q: z.string().trim().max(LONGEST).catch(""),
});

/** The artifacts with a file or a component: `GET /search/holders?file=PATH` or `?component=IDENTITY`; `q`: a part of their names. */
export const GET = orUnavailable(async (request: Request): Promise<Response> => {
  const { q, ...held } = query.parse(Object.fromEntries(new URL(request.url).searchParams));
  return jsonResponse(await loadHolders(held, q));
});
