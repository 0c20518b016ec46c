import { packColumns } from "#lib/exports/packed-columns.ts";
import { loadMapSection } from "#lib/views/map.ts";
import { orUnavailable } from "../../../../or-unavailable.ts";
import { packedResponse } from "../../../packed-response.ts";

/** Where the nodes of a map are: `GET …/map/section?shape=wide|tall`. */
export const GET = orUnavailable(
  packedResponse(async (text, request) => {
    const shape = new URL(request.url).searchParams.get("shape") === "tall" ? "tall" : "wide";
    const { strata, startCount, ...columns } = await loadMapSection(text, shape);
    return packColumns({ strata, startCount }, columns);
  }),
);
