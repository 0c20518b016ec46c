import { defineAddress, parameter, type ValuesOf } from "#lib/display/address.ts";

/** More rows than any artifact that can be scanned has. */
const MAX_ROW = 10_000_000;
const MAX_LAYER = 10_000;

/** What an address says about an artifact's table of nodes: filter, order, and the first visible row. */
export const NODE_PARAMETERS = {
  q: parameter.text,
  kind: parameter.list(),
  layer: parameter.integer(0, MAX_LAYER),
  min: parameter.integer(1, Number.MAX_SAFE_INTEGER),
  sort: parameter.oneOf(["retained", "closure", "self", "references", "referrers", "name"]),
  direction: parameter.direction,
  row: parameter.integer(0, MAX_ROW, 0),
};

/** The address of the rows of such a table. */
export const nodeAddress = defineAddress(NODE_PARAMETERS);
export type NodeParams = ValuesOf<typeof nodeAddress>;

/** The filter of a list of nodes. */
export function toNodeFilter({ q, kind, layer, min, sort, direction, row }: NodeParams) {
  return { text: q, kinds: kind, layer, minRetained: min ?? 0, sort, direction, offset: row };
}
