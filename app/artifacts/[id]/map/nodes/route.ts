import { loadMapNodes } from "#lib/views/map.ts";
import { orUnavailable } from "../../../../or-unavailable.ts";
import { packNodes } from "../../../packed-map.ts";
import { packedResponse } from "../../../packed-response.ts";

/** Names, measures and edges of a map's nodes: `GET …/map/nodes`. */
export const GET = orUnavailable(packedResponse(async (text) => packNodes(await loadMapNodes(text))));
