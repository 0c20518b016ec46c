export type { StoreFlavour } from "./find-database.ts";
export type { GcRoot, GcRoots } from "./gc-roots.ts";
export { type OpenedStore, openStore } from "./open-store.ts";
export type { StoreFault, StoreFaultKind, StoreTables } from "./store-tables.ts";
