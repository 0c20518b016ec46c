import { loadCompareMapNodes } from "#lib/views/compare-graph.ts";
import { packNodes } from "../../../artifacts/packed-map.ts";
import { orUnavailable } from "../../../or-unavailable.ts";
import { packedComparison } from "../packed-comparison.ts";

/** Names, sides, sizes and edges of the nodes of two united graphs: `GET /compare/map/nodes?a=A&b=B`. */
export const GET = orUnavailable(
  packedComparison(async (left, right) => packNodes(await loadCompareMapNodes(left, right))),
);
