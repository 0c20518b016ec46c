export { compareLibraryNames } from "./library-order.ts";
export { type LdSoCacheEntry, parseLdSoCache } from "./parse-cache.ts";
export { writeLdSoCache } from "./write-cache.ts";
