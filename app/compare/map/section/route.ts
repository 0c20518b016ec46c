import { loadCompareSection } from "#lib/views/compare-graph.ts";
import { packSection, toShape } from "../../../artifacts/packed-map.ts";
import { orUnavailable } from "../../../or-unavailable.ts";
import { packedComparison } from "../packed-comparison.ts";

/** Where the nodes of two united graphs are: `GET /compare/map/section?a=A&b=B&shape=wide|tall`. */
export const GET = orUnavailable(
  packedComparison(async (left, right, query) => packSection(await loadCompareSection(left, right, toShape(query)))),
);
