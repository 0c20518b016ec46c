import { parameter } from "#lib/display/address.ts";
import { loadChoices } from "#lib/views/choose-set.ts";
import { jsonResponse } from "../../json-response.ts";
import { orUnavailable } from "../../or-unavailable.ts";

/** The entries of the set picker: `GET /compare/artifacts?q=TEXT`. */
export const GET = orUnavailable(async (request: Request): Promise<Response> => {
  return jsonResponse(await loadChoices(parameter.text.read(new URL(request.url).searchParams.getAll("q"))));
});
