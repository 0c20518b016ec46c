import { z } from "zod";
import { cellParam, directionParam, limitParam, listParam, textParam, unusual } from "#components/ui/search-params.ts";
import { diffPath, overlapPath, parseNames } from "#lib/display/set-address.ts";
import { FILE_SORTS } from "#lib/exports/file-changes.ts";
import type { ChangeKind, FileChangeKind } from "#lib/model/answer.ts";
import { RUNG_NAMES } from "#lib/model/rung.ts";

export const DEFAULT_ROWS = 40;
/** Rows of each list at most. Both lists of a difference at their longest, of long names, are a page of 2 MB. */
export const MAX_ROWS = 100;
const MAX_NAME_LENGTH = 512;
/** Names read from one address; how many of them make a set is the view's to say. */
const MAX_NAMES = 64;

const CHANGES = ["added", "removed", "changed", "same"] as const satisfies readonly ChangeKind[];
const FILE_CHANGES = ["added", "removed", "content", "metadata"] as const satisfies readonly FileChangeKind[];

const nameParam = z.string().trim().min(1).max(MAX_NAME_LENGTH).optional().catch(undefined);

function choiceParam<Choice extends string>(choices: readonly Choice[]) {
  return listParam.transform((values) => choices.filter((choice) => values.includes(choice)));
}

/** The compare page's address: two names, or a list of them. What makes no sense is as if it were not there. */
export const compareParams = z.object({
  a: nameParam,
  b: nameParam,
  in: listParam.transform((values) => parseNames(values).slice(0, MAX_NAMES)),
  rung: z.enum(RUNG_NAMES).catch("file"),
  cell: cellParam,
  cells: limitParam(16, MAX_ROWS),
  change: choiceParam(CHANGES),
  kind: listParam,
  q: textParam,
  /** Components whose larger side has at least so many bytes. */
  least: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).catch(0),
  sort: z.enum(["impact", "name", "left", "right", "delta"]).optional().catch(undefined),
  direction: directionParam,
  rows: limitParam(DEFAULT_ROWS, MAX_ROWS),
  file: choiceParam(FILE_CHANGES),
  filesort: z.enum(FILE_SORTS).optional().catch(undefined),
  filedirection: directionParam,
  files: limitParam(20, MAX_ROWS),
});

export type CompareParams = z.infer<typeof compareParams>;

export type ParamChanges = Partial<Omit<CompareParams, "cell">> & { readonly cell?: readonly number[] | undefined };

/** A side of a difference that an address names more than once, and all the names it gives. */
export interface RepeatedSide {
  readonly parameter: "a" | "b";
  readonly times: number;
  readonly names: readonly string[];
}

/** The first of `a` and `b` that is there more than once; `undefined` where none is. */
export function findRepeatedSide({ a, b }: { readonly a?: unknown; readonly b?: unknown }): RepeatedSide | undefined {
  const sides = { a: listParam.parse(a), b: listParam.parse(b) };
  const parameter = (["a", "b"] as const).find((side) => sides[side].length > 1);
  if (parameter === undefined) return undefined;
  const given = [...sides.a, ...sides.b].slice(0, MAX_NAMES).map((name) => nameParam.parse(name));
  const names = [...new Set(given.filter((name) => name !== undefined))];
  return { parameter, times: sides[parameter].length, names };
}

const USUAL = compareParams.parse({});

/** The same difference with some parameters changed. */
export function diffAddress(params: CompareParams, changes: ParamChanges, anchor = ""): string {
  const { a = "", b = "", in: _in, rung: _rung, cell: _cell, cells: _cells, ...next } = { ...params, ...changes };
  return diffPath(a, b, unusual(next, USUAL)) + anchor;
}

/** The same overlap with some parameters changed. */
export function overlapAddress(params: CompareParams, changes: ParamChanges, anchor = ""): string {
  const { in: names, rung, cell, cells, rows } = { ...params, ...changes };
  return overlapPath(names, unusual({ rung, cell: cell?.join("."), cells, rows }, USUAL)) + anchor;
}

/** A table of the page as a CSV file. */
export function tablePath(table: string, params: CompareParams): string {
  const page =
    params.in.length === 0 ? diffPath(params.a ?? "", params.b ?? "") : overlapPath(params.in, { rung: params.rung });
  return page.replace("/compare?", `/compare/${table}.csv?`);
}
