import { defineAddress, MAX_NAMES, parameter, type ValuesOf } from "#lib/display/address.ts";
import { withQuery } from "#lib/display/paths.ts";
import { CHANGE_KINDS } from "#lib/exports/component-changes.ts";
import { FILE_SORTS } from "#lib/exports/file-changes.ts";
import type { FileChangeKind } from "#lib/model/answer.ts";
import { RUNG_NAMES } from "#lib/model/rung.ts";

/** URLs of the pages about several artifacts. They name an artifact by its name, or by its digest if the name is ambiguous. */

const MAX_NAME_LENGTH = 512;
const name = parameter.once((text) =>
  text.trim() === "" || text.trim().length > MAX_NAME_LENGTH ? undefined : text.trim(),
);

export const DEFAULT_ROWS = 40;
export const FILE_CHANGES = ["added", "removed", "content", "metadata"] as const satisfies readonly FileChangeKind[];
/** Maximum rows per list: with both lists of a difference at this length, and long names, the page has 2 MB. */
const MAX_ROWS = 100;
const rows = parameter.limit({ initial: DEFAULT_ROWS, step: 100, max: MAX_ROWS });

/** What changed from `a` to `b`. */
export const diffAddress = defineAddress({
  a: name,
  b: name,
  change: parameter.someOf(CHANGE_KINDS),
  kind: parameter.list(),
  q: parameter.text,
  /** Minimum bytes of a component's larger side. */
  least: parameter.integer(0, Number.MAX_SAFE_INTEGER, 0),
  sort: parameter.oneOf(["impact", "name", "left", "right", "delta"]),
  direction: parameter.direction,
  rows,
  file: parameter.someOf(FILE_CHANGES),
  filesort: parameter.oneOf(FILE_SORTS),
  filedirection: parameter.direction,
  files: parameter.limit({ initial: 20, step: 100, max: MAX_ROWS }),
});

/** What several artifacts share. */
export const overlapAddress = defineAddress({
  rung: parameter.oneOf(RUNG_NAMES, "file"),
  cell: parameter.cell,
  cells: parameter.limit({ initial: 16, step: 100, max: MAX_ROWS }),
  rows,
  in: parameter.names,
  /** A selection whose question is not asked yet; it may have any size. */
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

/** The united graph of two artifacts. */
export function compareGraphPath(a: string, b: string): string {
  return diffAddress.format("/compare/graph", { a, b });
}

/** What the map of two artifacts loads. */
export function compareMapUrl(
  part: "section" | "nodes",
  query: { readonly a: string; readonly b: string; readonly shape?: "wide" | "tall" },
): string {
  return withQuery(`/compare/map/${part}`, query);
}

export type SetPageName = "compare" | "savings";

/** The page that selects a set, with these selected. */
export function selectionPath(page: SetPageName, select: readonly string[]): string {
  return savingsAddress.format(`/${page}`, { select });
}

/** The question of a page about a set: savings, the difference of two, or the overlap of several. */
export function setPath(page: SetPageName, names: readonly string[]): string {
  if (page === "savings") return savingsPath(names);
  return names.length === 2 ? diffPath(names[0], names[1]) : overlapPath(names);
}

/** A side of a difference that a URL gives more than once, and all names in the URL. */
export interface RepeatedSide {
  readonly parameter: "a" | "b";
  readonly times: number;
  readonly names: readonly string[];
}

/** The first of `a` and `b` that is given more than once, if any. */
export function findRepeatedSide(query: { a?: string | string[]; b?: string | string[] }): RepeatedSide | undefined {
  const sides = { a: [query.a ?? []].flat(), b: [query.b ?? []].flat() };
  const repeated = (["a", "b"] as const).find((side) => sides[side].length > 1);
  if (repeated === undefined) return undefined;
  const given = [...sides.a, ...sides.b].slice(0, MAX_NAMES).map((text) => name.read([text]));
  const names = new Set(given.filter((one) => one !== undefined));
  return { parameter: repeated, times: sides[repeated].length, names: [...names] };
}
