import { loadChanges } from "#lib/views/changes.ts";
import { jsonResponse } from "../json-response.ts";
import { orUnavailable } from "../or-unavailable.ts";

/** Polled by open pages: `GET /changes`. If the stamp differs from a page's own, the page is out of date. */
export const GET = orUnavailable(async (): Promise<Response> => {
  const { stamp } = await loadChanges();
  return jsonResponse({ stamp });
});
