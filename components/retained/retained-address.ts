import { defineAddress, parameter, type ValuesOf } from "#lib/display/address.ts";
import { KEPT_SORTS } from "#lib/model/kept-tree.ts";

/** The query of the page of retained sizes. */
export const retainedAddress = defineAddress({
  picture: parameter.oneOf(["treemap", "icicle"], "treemap"),
  colour: parameter.oneOf(["size", "kind"]),
  node: parameter.once((text) => text),
  family: parameter.once((text) => text),
  from: parameter.integer(0, 2 ** 31, 0),
  sort: parameter.oneOf(KEPT_SORTS, "retained"),
  direction: parameter.direction,
  rows: parameter.limit({ initial: 30, step: 100, max: 230 }),
  cycles: parameter.limit({ initial: 5, step: 20, max: 65 }),
});

export type RetainedParams = ValuesOf<typeof retainedAddress>;

/** What the picture is limited to. */
export type RetainedScope = Partial<Pick<RetainedParams, "node" | "family" | "from">>;

/** Another part of the tree; the list starts anew. */
export function zoomAddress(path: string, params: RetainedParams, { node, family, from = 0 }: RetainedScope): string {
  const { picture, colour, sort, direction } = params;
  return retainedAddress.format(path, { picture, colour, sort, direction, node, family, from });
}
