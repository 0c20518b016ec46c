export { type HashedItems, hashItems } from "./hash-items.ts";
export type { ItemToRead } from "./item-reader.ts";
export { MAX_TOLD_ITEMS } from "./limits.ts";
