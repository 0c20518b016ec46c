import { type Fault, FaultList } from "#lib/model/fault.ts";
import { InputError } from "#lib/model/problem.ts";
import {
  bytesAsSource,
  type Cell,
  type ColumnWanted,
  listTables,
  openPages,
  type Pages,
  type Table,
  walkTable,
} from "../sqlite/index.ts";

/** Rows of one table of dnf's history. Ten years of daily updates are 100,000. */
export const MAX_HISTORY_ROWS = 300_000;
/** Bytes of a name or an architecture. */
const MAX_HISTORY_WORD_BYTES = 256;

/** States and actions of libdnf's `Transaction` and `TransactionItem`. */
const DONE = 1;
const REMOVED = 8;
/** The other half of an action: what was downgraded, obsoleted, upgraded or reinstalled. */
const REPLACED: ReadonlySet<Cell> = new Set([3, 5, 7, 10]);
/** On request, by name or with a group. Others: a dependency, a weak one, unknown. */
const REQUESTED: ReadonlySet<Cell> = new Set([2, 5]);

/**
 * The packages, as `NAME.ARCH`, that were installed on request according to dnf's history (`var/lib/dnf/history.sqlite`): the
 * reason of a package is that of its last transaction, as libdnf looks it up.
 */
export function parseDnfHistory(bytes: Uint8Array): { value: string[]; problems: Fault[] } {
  const faults = new FaultList();
  let value: string[] = [];
  try {
    value = bytes.length === 0 ? [] : readRequested(bytes);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    faults.add(error.message, error.code === "limit-exceeded" ? "limit-exceeded" : "bad-package-database");
  }
  return { value, problems: faults.found };
}

function readRequested(bytes: Uint8Array): string[] {
  const wal = bytesAsSource(new Uint8Array(0));
  const history = new HistoryTables(openPages({ database: bytesAsSource(bytes), wal, place: "history" }));
  const done = new Set<Cell>();
  for (const [id, state] of history.rows("trans", ["id", "state"])) if (state === DONE) done.add(id);
  const names = new Map<Cell, string>();
  for (const [item, name, arch] of history.rows("rpm", ["item_id", "name", "arch"])) names.set(item, `${name}.${arch}`);
  const last = new Map<string, { transaction: number; isRequested: boolean }>();
  for (const [transaction, item, action, reason] of history.rows("trans_item", ITEM_COLUMNS)) {
    const name = names.get(item);
    if (name === undefined || typeof transaction !== "number" || !done.has(transaction) || REPLACED.has(action))
      continue;
    if ((last.get(name)?.transaction ?? -1) > transaction) continue;
    last.set(name, { transaction, isRequested: action !== REMOVED && REQUESTED.has(reason ?? undefined) });
  }
  return [...last].filter(([, { isRequested }]) => isRequested).map(([name]) => name);
}

const ITEM_COLUMNS = ["trans_id", "item_id", "action", "reason"];
const TEXTS: ReadonlySet<string> = new Set(["name", "arch"]);

class HistoryTables {
  readonly #pages: Pages;
  readonly #tables: ReadonlyMap<string, Table>;

  constructor(pages: Pages) {
    this.#pages = pages;
    this.#tables = listTables(pages);
  }

  *rows(name: string, columns: readonly string[]): Generator<Cell[]> {
    const table = this.#tables.get(name);
    const missing = columns.filter((column) => !table?.columns.includes(column));
    if (table === undefined || missing.length > 0)
      throw new InputError("bad-database", name, `not dnf's history: no column ${missing.join(", ")} in table ${name}`);
    const wanted = columns.map((column) => toWanted(column, table.columns.indexOf(column)));
    const query = { rootPage: table.rootPage, table: name, columns: wanted, maxRows: MAX_HISTORY_ROWS };
    for (const rows of walkTable(this.#pages, query)) yield* rows;
  }
}

function toWanted(column: string, position: number): ColumnWanted {
  if (TEXTS.has(column)) return { position, as: "text", maxBytes: MAX_HISTORY_WORD_BYTES };
  return { position, as: column === "id" ? "rowid" : "count" };
}
