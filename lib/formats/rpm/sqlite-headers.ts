import type { FaultList } from "#lib/model/fault.ts";
import { InputError } from "#lib/model/problem.ts";
import { bytesAsSource, listTables, openPages, walkTable } from "../sqlite/index.ts";
import { MAX_HEADER_BYTES } from "./header.ts";
import { MAX_PACKAGES } from "./package.ts";

const MAGIC = "SQLite format 3\0";
const TABLE = "Packages";
/** A record's own header: a few bytes before the package's. */
const RECORD_HEADER_BYTES = 64;

export function isSqliteDatabase(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.subarray(0, MAGIC.length)).toString("latin1") === MAGIC;
}

/**
 * The packages' headers of `rpmdb.sqlite` (rpm's lib/backend/sqlite.c: `Packages(hnum, blob)`), with what its log has committed.
 * Damage is reported; rows before it are read.
 */
export function* eachSqliteHeader(
  { database, wal }: { database: Uint8Array; wal: Uint8Array },
  faults: FaultList,
): Generator<Uint8Array> {
  try {
    const pages = openPages({ database: bytesAsSource(database), wal: bytesAsSource(wal), place: TABLE });
    const table = listTables(pages).get(TABLE);
    const position = table?.columns.indexOf("blob") ?? -1;
    if (table === undefined || position < 0)
      throw new InputError("bad-database", TABLE, `no table ${TABLE} of headers`);
    const blob = { position, as: "bytes", maxBytes: MAX_HEADER_BYTES } as const;
    const maxRecordBytes = MAX_HEADER_BYTES + RECORD_HEADER_BYTES;
    const query = { rootPage: table.rootPage, table: TABLE, columns: [blob], maxRows: MAX_PACKAGES, maxRecordBytes };
    for (const rows of walkTable(pages, query)) {
      for (const [header] of rows) {
        if (header instanceof Uint8Array) yield header;
        else faults.add("a row has no package's header");
      }
    }
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    faults.add(error.message, error.code === "limit-exceeded" ? "limit-exceeded" : "bad-package-database");
  }
}
