import { defineAddress, MAX_NAMES, parameter, type ValuesOf } from "#lib/display/address.ts";
import { CHANGE_KINDS } from "#lib/exports/component-changes.ts";
import { FILE_SORTS } from "#lib/exports/file-changes.ts";
import type { FileChangeKind } from "#lib/model/answer.ts";
import { RUNG_NAMES } from "#lib/model/rung.ts";

/** Addresses of the pages about several artifacts, which are named as a person would: by name, or by digest where a name is not enough. */

const MAX_NAME_LENGTH = 512;
const name = parameter.once((text) =>
  text.trim() === "" || text.trim().length > MAX_NAME_LENGTH ? undefined : text.trim(),
);

export const DEFAULT_ROWS = 40;
export const FILE_CHANGES = ["added", "removed", "content", "metadata"] as const satisfies readonly FileChangeKind[];
/** Rows of each list at most. Both lists of a difference at their longest, of long names, are a page of 2 MB. */
const MAX_ROWS = 100;
const rows = parameter.limit({ initial: DEFAULT_ROWS, step: 100, max: MAX_ROWS });

/** What changed from `a` to `b`. */
export const diffAddress = defineAddress({
  a: name,
  b: name,
  change: parameter.someOf(CHANGE_KINDS),
  kind: parameter.list(),
  q: parameter.text,
  /** Components whose larger side has at least so many bytes. */
  least: parameter.integer(0, Number.MAX_SAFE_INTEGER, 0),
  sort: parameter.oneOf(["impact", "name", "left", "right", "delta"]),
  direction: parameter.direction,
  rows,
  file: parameter.someOf(FILE_CHANGES),
  filesort: parameter.oneOf(FILE_SORTS),
  filedirection: parameter.direction,
  files: parameter.limit({ initial: 20, step: 100, max: MAX_ROWS }),
});

/** What the artifacts in a list share. */
export const overlapAddress = defineAddress({
  rung: parameter.oneOf(RUNG_NAMES, "file"),
  cell: parameter.cell,
  cells: parameter.limit({ initial: 16, step: 100, max: MAX_ROWS }),
  rows,
  in: parameter.names,
  /** A selection that is not asked about yet, of any size. */
  select: parameter.names,
});

export type DiffParams = ValuesOf<typeof diffAddress>;
export type OverlapParams = ValuesOf<typeof overlapAddress>;

export const savingsAddress = defineAddress({ in: parameter.names, select: parameter.names });

export function diffPath(a: string | undefined, b: string | undefined): string {
  return diffAddress.format("/compare", { a, b });
}

export function overlapPath(names: readonly string[], params: Partial<OverlapParams> = {}): string {
  return overlapAddress.format("/compare", { ...params, in: names });
}

export function savingsPath(names: readonly string[]): string {
  return savingsAddress.format("/savings", { in: names });
}

/** Both graphs of a difference as one drawing. */
export function compareGraphPath(a: string, b: string): string {
  return diffAddress.format("/compare/graph", { a, b });
}

export type SetPageName = "compare" | "savings";

/** Where a selection is made, with these selected. */
export function selectionPath(page: SetPageName, select: readonly string[]): string {
  return savingsAddress.format(`/${page}`, { select });
}

/** What a page asks of a set: of two, unless their savings, what changed. */
export function setPath(page: SetPageName, names: readonly string[]): string {
  if (page === "savings") return savingsPath(names);
  return names.length === 2 ? diffPath(names[0], names[1]) : overlapPath(names);
}

/** A side of a difference that an address names more than once, and all the names it gives. */
export interface RepeatedSide {
  readonly parameter: "a" | "b";
  readonly times: number;
  readonly names: readonly string[];
}

/** The first of `a` and `b` that is there more than once; `undefined` where none is. */
export function findRepeatedSide(query: { a?: string | string[]; b?: string | string[] }): RepeatedSide | undefined {
  const sides = { a: [query.a ?? []].flat(), b: [query.b ?? []].flat() };
  const repeated = (["a", "b"] as const).find((side) => sides[side].length > 1);
  if (repeated === undefined) return undefined;
  const given = [...sides.a, ...sides.b].slice(0, MAX_NAMES).map((text) => name.read([text]));
  const names = new Set(given.filter((one) => one !== undefined));
  return { parameter: repeated, times: sides[repeated].length, names: [...names] };
}
