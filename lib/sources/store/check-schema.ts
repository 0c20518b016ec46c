import type { DatabaseSync } from "node:sqlite";
import { InputError } from "#lib/model/problem.ts";

/** What both stores' schemas have in common (Nix `schema.sql`; Guix `nix/libstore/schema.sql`). */
const COLUMNS_READ: Readonly<Record<string, readonly string[]>> = {
  ValidPaths: ["id", "path", "hash", "deriver", "narSize"],
  Refs: ["referrer", "reference"],
  DerivationOutputs: ["drv", "path"],
};

/**
 * Throws `InputError` (`bad-database`) unless every table we read is an ordinary table with ordinary columns. A database
 * is a program when its author wants: a view, a virtual table or a generated column of one of these names would run
 * whatever it says, for as long as it says.
 */
export function checkSchema(database: DatabaseSync): void {
  for (const [table, columns] of Object.entries(COLUMNS_READ)) {
    const found = database.prepare("select type, rootpage from sqlite_schema where name = ?").get(table);
    if (found?.type !== "table" || Number(found.rootpage) <= 0) {
      throw new InputError("bad-database", table, "not a store's database: there is no such table");
    }
    const ordinary = database.prepare("select name from pragma_table_xinfo(?) where hidden = 0").all(table);
    const names = new Set(ordinary.map((column) => column.name));
    const missing = columns.filter((column) => !names.has(column));
    if (missing.length > 0) {
      throw new InputError(
        "bad-database",
        table,
        `not a store's database: the table has no column ${missing.join(", ")}`,
      );
    }
  }
}
