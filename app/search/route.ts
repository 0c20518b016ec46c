import * as v from "valibot";
import { type FindAnswer, loadSearch } from "#lib/views/search.ts";
import { jsonResponse } from "../json-response.ts";
import { orUnavailable } from "../or-unavailable.ts";

const LONGEST = 4096;
const query = v.pipe(v.string(), v.trim(), v.nonEmpty(), v.maxLength(LONGEST));

const NOTHING = { rows: [], truncated: false };
const NOTHING_FOUND: FindAnswer = {
  artifacts: [],
  digests: [],
  contents: [],
  files: NOTHING,
  nodes: NOTHING,
  artifactCount: 0,
};

/** The results of the search dialog: `GET /search?q=TEXT`. */
export const GET = orUnavailable(async (request: Request): Promise<Response> => {
  const text = v.safeParse(query, new URL(request.url).searchParams.get("q"));
  if (!text.success) return jsonResponse(NOTHING_FOUND);
  return jsonResponse(await loadSearch(text.output));
});
