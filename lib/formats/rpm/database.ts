import { type Fault, FaultList } from "#lib/model/fault.ts";
import { eachBerkeleyHeader, isBerkeleyDatabase } from "./berkeley.ts";
import { condenseHeaders, eachCondensedHeader, isCondensed } from "./condensed.ts";
import { eachNdbHeader, isNdb } from "./ndb.ts";
import { PackageReader, type RpmPackage } from "./package.ts";
import { eachSqliteHeader, isSqliteDatabase } from "./sqlite-headers.ts";

/** A database's file; and of an SQLite database the log beside it, which may be empty. */
export interface RpmDatabase {
  readonly database: Uint8Array;
  readonly wal: Uint8Array;
}

/**
 * The installed packages of a database of any of rpm's formats, told apart by their first bytes. Damage is reported, and costs
 * its own package only where the format allows that. An empty file has no packages.
 */
export function parseRpmDatabase(files: RpmDatabase): { value: RpmPackage[]; problems: Fault[] } {
  const reader = new PackageReader();
  for (const header of eachHeader(files, reader.faults)) {
    reader.add(header);
    if (reader.isFull) break;
  }
  return reader.result;
}

/** The form in which a layer keeps a database (`condensed.ts`); `undefined` for a damaged one, which is kept as it is. */
export function condenseRpmDatabase(files: RpmDatabase): Uint8Array | undefined {
  if (files.database.length === 0 || isCondensed(files.database)) return undefined;
  const faults = new FaultList();
  const byteCount = files.database.length + files.wal.length;
  const condensed = condenseHeaders(eachHeader(files, faults), byteCount);
  return faults.found.length === 0 ? condensed : undefined;
}

function eachHeader(files: RpmDatabase, faults: FaultList): Iterable<Uint8Array> {
  const { database } = files;
  if (database.length === 0) return [];
  if (isCondensed(database)) return eachCondensedHeader(database, faults);
  if (isSqliteDatabase(database)) return eachSqliteHeader(files, faults);
  if (isNdb(database)) return eachNdbHeader(database, faults);
  if (isBerkeleyDatabase(database)) return eachBerkeleyHeader(database, faults);
  faults.add("not a database of rpm");
  return [];
}
