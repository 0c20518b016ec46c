import { defineAddress, parameter, type ValuesOf } from "#lib/display/address.ts";

export const LINEAGE_SORTS = ["name", "layerCount", "sharedBytes", "storeBytes", "pullBytes", "imageCount"] as const;
export type LineageSort = (typeof LINEAGE_SORTS)[number];

/** Which images the page shows: all, those on an older snapshot, or those that stand on none. */
export const LINEAGE_SHOWS = ["all", "stale", "alone"] as const;

/** The query of the page of lineage and of its files. */
export const lineageAddress = defineAddress({
  q: parameter.text,
  show: parameter.oneOf(LINEAGE_SHOWS, "all"),
  /** Id of the base that might move. */
  base: parameter.text,
  sort: parameter.oneOf(LINEAGE_SORTS, "name"),
  direction: parameter.direction,
  families: parameter.limit({ initial: 12, step: 24, max: 60 }),
  rows: parameter.limit({ initial: 50, step: 100, max: 300 }),
  planned: parameter.limit({ initial: 16, step: 100, max: 300 }),
});

export type LineageParams = ValuesOf<typeof lineageAddress>;
export const LINEAGE_PATH = "/lineage";
