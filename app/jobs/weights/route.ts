import { loadWeights } from "#lib/views/offers.ts";
import { jsonResponse } from "../../json-response.ts";
import { lookupRoute } from "../../lookup-route.ts";

/** What scans of images would download: `GET /jobs/weights?source=IMAGE&source=IMAGE&platform=OS/ARCH`. */
export const GET = lookupRoute(async (params, signal) =>
  jsonResponse(await loadWeights(params.getAll("source"), params.get("platform") || undefined, signal)),
);
