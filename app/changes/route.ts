import { loadChanges } from "#lib/views/changes.ts";
import { jsonResponse } from "../json-response.ts";
import { orUnavailable } from "../or-unavailable.ts";

/** What an open page asks now and then: `GET /changes`. A stamp other than the one it was made with means that it is out of date. */
export const GET = orUnavailable(async (): Promise<Response> => {
  const { stamp } = await loadChanges();
  return jsonResponse({ stamp });
});
