import { loadMapSection } from "#lib/views/map.ts";
import { orUnavailable } from "../../../../or-unavailable.ts";
import { packSection, toShape } from "../../../packed-map.ts";
import { packedResponse } from "../../../packed-response.ts";

/** Where the nodes of a map are: `GET …/map/section?shape=wide|tall`. */
export const GET = orUnavailable(
  packedResponse(async (text, request) =>
    packSection(await loadMapSection(text, toShape(new URL(request.url).searchParams))),
  ),
);
