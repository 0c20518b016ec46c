export { applyWal, DATABASE_HEADER_LENGTH, isSqliteDatabase, WAL_HEADER_LENGTH } from "./apply-wal.ts";
