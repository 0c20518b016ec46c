import { NOTHING_OFFERED } from "#lib/model/registry-offer.ts";
import { loadOffer } from "#lib/views/offers.ts";
import { jsonResponse } from "../../json-response.ts";
import { lookupRoute } from "../../lookup-route.ts";

/** Completes a reference while it is typed: `GET /jobs/offer?q=TEXT`. */
export const GET = lookupRoute(async (params, signal) => {
  const text = params.get("q")?.trim() ?? "";
  return jsonResponse(text === "" ? NOTHING_OFFERED : await loadOffer(text, signal));
});
