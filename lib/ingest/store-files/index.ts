export { type HashedItems, hashItems } from "./hash-items.ts";
export type { ItemToRead } from "./item-job.ts";
export { MAX_TOLD_ITEMS } from "./limits.ts";
