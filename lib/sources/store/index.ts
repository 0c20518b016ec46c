export type { GcRoots } from "./gc-roots.ts";
export type { ItemArchives } from "./item-archives.ts";
export { type OpenedStore, openStore } from "./open-store.ts";
export { MAX_ITEM_ENTRIES, readItem } from "./read-item.ts";
export { readItemFile } from "./read-item-file.ts";
export { MAX_LOG_BYTES } from "./settled-database.ts";
export type { StoreFault, StoreFaultKind, StoreTables } from "./store-tables.ts";
