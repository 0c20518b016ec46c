import { defineAddress, parameter, type ValuesOf } from "#lib/display/address.ts";

export const CACHE_PATH = "/cache-hits";

export const HIT_SORTS = ["rung", "building", "builtAgain", "pulling", "pulledAgain"] as const;
export const STEP_SORTS = ["layer", "createdBy", "miss", "contentSize", "sameBytes", "downloadSize"] as const;
export const PAIR_SORTS = [
  "before",
  "after",
  "firstMiss",
  "steps",
  "contentSize",
  "sameBytes",
  "downloadSize",
] as const;

/** The query of the page of cache hits and of its files: successive versions, the oldest first. */
export const cacheAddress = defineAddress({
  in: parameter.names,
  hitsort: parameter.oneOf(HIT_SORTS),
  hitdirection: parameter.direction,
  stepsort: parameter.oneOf(STEP_SORTS),
  stepdirection: parameter.direction,
  pairsort: parameter.oneOf(PAIR_SORTS),
  pairdirection: parameter.direction,
  steps: parameter.limit({ initial: 60, step: 100, max: 300 }),
});

export type CacheParams = ValuesOf<typeof cacheAddress>;

/** A table of the page as a CSV file. */
export function cacheCsvPath(table: string, { in: names }: CacheParams): string {
  return cacheAddress.format(`${CACHE_PATH}/${table}.csv`, { in: names });
}

/** The page with some parameters changed, at one of its sections. */
export function cacheHref(params: CacheParams, changes: Partial<CacheParams>, anchor: string): string {
  return `${cacheAddress.format(CACHE_PATH, { ...params, ...changes })}#${anchor}`;
}
