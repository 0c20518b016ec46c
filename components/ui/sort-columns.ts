import { firstRowDirection, sortRows } from "#lib/exports/sort-rows.ts";
import type { Column } from "#lib/exports/table.ts";
import type { Direction, SortLink } from "./sort-links.ts";

/** The order that a URL asks for; without one, rows have the order of their answer. */
export interface ColumnOrder<Key extends string> {
  readonly sort: Key | undefined;
  readonly direction: Direction | undefined;
}

interface SortedColumns<Row, Key extends string> {
  readonly rows: readonly Row[];
  readonly sortBy: (key: Key) => SortLink;
}

/** Rows in the order that is asked for, and for each declared column the URL that sorts by it, or reverses it. */
export function sortColumns<Row, Key extends string>(
  columns: Readonly<Record<Key, Column<Row>>>,
  rows: readonly Row[],
  { sort, direction }: ColumnOrder<Key>,
  hrefOf: (sort: Key, direction: Direction) => string,
): SortedColumns<Row, Key> {
  const current = sort && (direction ?? firstRowDirection(columns[sort]));
  return {
    rows: sort === undefined ? rows : sortRows(rows, columns[sort], current!),
    sortBy: (key) => {
      if (key !== sort) return { direction: undefined, href: hrefOf(key, firstRowDirection(columns[key])) };
      return { direction: current, href: hrefOf(key, current === "desc" ? "asc" : "desc") };
    },
  };
}
