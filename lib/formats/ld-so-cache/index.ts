export { compareLibraryNames } from "./library-order.ts";
export { type LdSoCache, type LdSoCacheEntry, MAX_CACHE_ENTRIES, parseLdSoCache } from "./parse-cache.ts";
export { writeLdSoCache } from "./write-cache.ts";
