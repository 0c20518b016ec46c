export { applyWal, isSqliteDatabase, WAL_HEADER_LENGTH } from "./apply-wal.ts";
