import { rebaseAddress } from "#components/rebase/rebase-address.ts";
import { judgeRebase } from "#lib/views/rebase.ts";
import { jsonResponse } from "../../../json-response.ts";
import { lookupRoute } from "../../../lookup-route.ts";

/** The answer about a rebase: `GET /lineage/rebase/verdict?image=A&from=B&to=C`. Reads all layers, unless it is known already. */
export const GET = lookupRoute(async (params) => jsonResponse(await judgeRebase(rebaseAddress.parse(params))));
