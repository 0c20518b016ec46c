import type { DatabaseSync } from "node:sqlite";
import { InputError } from "#lib/model/problem.ts";

/** Bounds on one store, for our memory: the largest stores known hold some hundred thousand paths. */
export interface StoreLimits {
  readonly pathCount: number;
  /** Rows of `Refs`, and of `DerivationOutputs`. */
  readonly referenceCount: number;
}

export const STORE_LIMITS: StoreLimits = { pathCount: 4_000_000, referenceCount: 40_000_000 };

/** Linux's PATH_MAX. Longer text is never brought into memory. */
export const MAX_PATH_BYTES = 4096;
/** `sha512:` and its base 16 are 135. */
export const MAX_HASH_BYTES = 256;

/** A column of text, NULL for anything else and for what is too long. */
export function textColumn(column: string, maxBytes: number): string {
  return `iif(typeof(${column}) = 'text' and octet_length(${column}) <= ${maxBytes}, ${column}, null)`;
}

/** A column of numbers from 0 up, -1 for anything else: a number that JavaScript cannot hold exactly would end the whole read. */
export function countColumn(column: string): string {
  return `iif(typeof(${column}) = 'integer' and ${column} between 0 and ${Number.MAX_SAFE_INTEGER}, ${column}, -1)`;
}

/** The rows of one table as arrays: at a million rows, half the time of objects. Throws `InputError` (`limit-exceeded`). */
export function* iterateRows(
  database: DatabaseSync,
  query: { columns: readonly string[]; table: string; limit: number },
): Generator<unknown[]> {
  const { columns, table, limit } = query;
  const statement = database.prepare(`select ${columns.join(", ")} from ${table}`);
  statement.setReturnArrays(true);
  // The declared type does not know that a row is an array now.
  const rows: Iterable<unknown> = statement.iterate();
  let count = 0;
  for (const row of rows) {
    count += 1;
    if (count > limit) throw new InputError("limit-exceeded", table, `more than ${limit} rows`);
    if (Array.isArray(row)) yield row;
  }
}
