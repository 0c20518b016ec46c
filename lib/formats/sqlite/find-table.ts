import { InputError } from "#lib/model/problem.ts";
import type { Pages } from "./open-pages.ts";
import { listTableColumns } from "./table-columns.ts";
import { walkTable } from "./walk-table.ts";

/** Rows of the schema: a store's has about a dozen. */
const MAX_SCHEMA_ROWS = 1000;
const MAX_NAME_BYTES = 256;
/** Maximum length of a `create table` text that is parsed. */
const MAX_SQL_BYTES = 16_384;

/** An ordinary table: its root page, and its columns in the order of its records. */
export interface Table {
  readonly name: string;
  readonly rootPage: number;
  readonly columns: readonly string[];
}

/**
 * The ordinary tables of a database (fileformat2.html#storage_of_the_sql_database_schema). Views, virtual tables and tables with
 * computed columns are excluded: a database can contain code, and none of it is run here. Throws `InputError` (`bad-database`,
 * `limit-exceeded`).
 */
export function listTables(pages: Pages): Map<string, Table> {
  const tables = new Map<string, Table>();
  const columns = [
    { position: 0, as: "text", maxBytes: MAX_NAME_BYTES },
    { position: 1, as: "text", maxBytes: MAX_NAME_BYTES },
    { position: 3, as: "count" },
    { position: 4, as: "text", maxBytes: MAX_SQL_BYTES },
  ] as const;
  const query = { rootPage: 1, table: "sqlite_schema", columns, maxRows: MAX_SCHEMA_ROWS };
  for (const rows of walkTable(pages, query)) {
    for (const [type, name, rootPage, sql] of rows) {
      if (type !== "table" || typeof name !== "string" || typeof rootPage !== "number" || rootPage === 0) continue;
      const names = typeof sql === "string" ? listTableColumns(sql) : undefined;
      if (names !== undefined && !tables.has(name)) tables.set(name, { name, rootPage, columns: names });
    }
  }
  return tables;
}

/** The table of this name with at least these columns. Throws `InputError` (`bad-database`) if there is none. */
export function findTable(tables: ReadonlyMap<string, Table>, name: string, columns: readonly string[]): Table {
  const table = tables.get(name);
  if (table === undefined) throw new InputError("bad-database", name, "not a store's database: no such table");
  const missing = columns.filter((column) => !table.columns.includes(column));
  if (missing.length === 0) return table;
  const message = `not a store's database: the table has no column ${missing.join(", ")}`;
  throw new InputError("bad-database", name, message);
}
