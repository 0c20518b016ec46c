import { defineAddress, parameter } from "#lib/display/address.ts";

export const CACHE_PATH = "/cache-hits";

/** The query of the page of cache hits and of its files: successive versions, the oldest first. */
export const cacheAddress = defineAddress({
  in: parameter.names,
  steps: parameter.limit({ initial: 60, step: 100, max: 300 }),
});
