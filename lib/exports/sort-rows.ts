import { type Column, isNumber } from "./table.ts";

export type RowDirection = "asc" | "desc";

/** A column's first order: words ascending, figures from the largest. */
export function firstRowDirection({ kind }: Pick<Column<never>, "kind">): RowDirection {
  return isNumber(kind) ? "desc" : "asc";
}

/** The rows by what a column shows. Equal rows stay in their order, and rows without a value come last in both directions. */
export function sortRows<Row>(rows: readonly Row[], column: Column<Row>, direction: RowDirection): Row[] {
  const { value, shown = value } = column;
  // A word by what is shown; a figure by its exact value.
  const read = isNumber(column.kind) ? value : shown;
  const sign = direction === "asc" ? 1 : -1;
  return rows.toSorted((a, b) => {
    const [left, right] = [read(a), read(b)];
    if (left === right) return 0;
    if (left === null || right === null) return left === null ? 1 : -1;
    return left < right ? -sign : sign;
  });
}
