export { type ByteSource, bytesAsSource } from "./byte-source.ts";
export { WAL_HEADER_LENGTH } from "./committed-pages.ts";
export { findTable, listTables, type Table } from "./find-table.ts";
export { MAX_DATABASE_BYTES, openPages, type Pages } from "./open-pages.ts";
export type { Cell, ColumnWanted } from "./record.ts";
export { walkTable } from "./walk-table.ts";
