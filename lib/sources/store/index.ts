export type { StoreFlavour } from "./find-database.ts";
export type { GcRoots } from "./gc-roots.ts";
export { openStore } from "./open-store.ts";
export type { StoreFault, StoreFaultKind, StoreTables } from "./store-tables.ts";
