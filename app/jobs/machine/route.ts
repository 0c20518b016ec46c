import { loadMachine } from "#lib/views/offers.ts";
import { jsonResponse } from "../../json-response.ts";
import { lookupRoute } from "../../lookup-route.ts";

/** What this machine has to scan; null if pages may not ask for it. */
export const GET = lookupRoute(async (_params, signal) => jsonResponse((await loadMachine(signal)) ?? null));
