import type { ChangeKind, ComponentChange } from "#lib/model/answer.ts";

export type ChangeSort = "impact" | "name" | "left" | "right" | "delta";

export interface ChangeFilter {
  /** Shown kinds of change and of component; empty: all. */
  readonly changes: readonly ChangeKind[];
  readonly kinds: readonly string[];
  /** Part of the name or of either version. */
  readonly text: string;
  /** Rows whose larger side has fewer bytes are left out. */
  readonly minBytes: number;
  readonly sort: ChangeSort;
  readonly direction: "asc" | "desc";
}

/** Shown first: the changes, in the usual order. */
export const CHANGE_KINDS: readonly ChangeKind[] = ["added", "removed", "changed", "same"];

/** The bytes of a row's larger side. */
export function largerSide({ left, right }: ComponentChange): number {
  return Math.max(left?.bytes ?? 0, right?.bytes ?? 0);
}

/** Rows that match the filter, in its order. Ties are broken by name, so that a URL always shows the same. */
export function chooseChanges(rows: readonly ComponentChange[], filter: ChangeFilter): ComponentChange[] {
  const text = filter.text.toLowerCase();
  const chosen = rows.filter(
    (row) =>
      largerSide(row) >= filter.minBytes &&
      (filter.changes.length === 0 || filter.changes.includes(row.change)) &&
      (filter.kinds.length === 0 || filter.kinds.includes(row.kind)) &&
      `${row.name}\n${row.left?.version ?? ""}\n${row.right?.version ?? ""}`.toLowerCase().includes(text),
  );
  const turn = filter.direction === "asc" ? 1 : -1;
  const compare = COMPARERS[filter.sort];
  return chosen.sort((a, b) => turn * compare(a, b) || compareNames(a, b));
}

type Comparer = (a: ComponentChange, b: ComponentChange) => number;

const compareNames: Comparer = (a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);

const COMPARERS: Readonly<Record<ChangeSort, Comparer>> = {
  impact: (a, b) =>
    Math.abs(a.delta) - Math.abs(b.delta) ||
    Number(a.change !== "same") - Number(b.change !== "same") ||
    largerSide(a) - largerSide(b),
  name: compareNames,
  left: (a, b) => (a.left?.bytes ?? 0) - (b.left?.bytes ?? 0),
  right: (a, b) => (a.right?.bytes ?? 0) - (b.right?.bytes ?? 0),
  delta: (a, b) => a.delta - b.delta,
};

/** Sums per kind of change that occurs: rows, right minus left, and the larger sides. */
export function sumChanges(rows: readonly ComponentChange[]) {
  return CHANGE_KINDS.map((change) => {
    const some = rows.filter((row) => row.change === change);
    return {
      change,
      count: some.length,
      delta: some.reduce((sum, row) => sum + row.delta, 0),
      bytes: some.reduce((sum, row) => sum + largerSide(row), 0),
    };
  }).filter(({ count }) => count > 0);
}
