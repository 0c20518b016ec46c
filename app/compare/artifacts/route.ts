import { loadChoices } from "#lib/views/choose-set.ts";
import { jsonResponse } from "../../json-response.ts";
import { orUnavailable } from "../../or-unavailable.ts";
import { textParam } from "../../search-params.ts";

/** What the set picker lists: `GET /compare/artifacts?q=TEXT`. */
export const GET = orUnavailable(async (request: Request): Promise<Response> => {
  return jsonResponse(await loadChoices(textParam.parse(new URL(request.url).searchParams.get("q") ?? "")));
});
