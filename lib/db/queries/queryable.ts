/** What a query needs of a connection or a pool of node-postgres: nothing but this. */
export interface Queryable {
  query<Row extends object>(text: string, values?: unknown[]): Promise<{ rows: Row[] }>;
}

/** A bigint or numeric column as node-postgres hands it over, as a number. Throws a RangeError above 2^53 − 1. */
export function toSafeInteger(value: string | number | bigint): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number)) throw new RangeError(`${value} is no safe integer`);
  return number;
}

/** A sum that may be null (no rows): 0 then. */
export function toSafeSum(value: string | number | bigint | null): number {
  return value === null ? 0 : toSafeInteger(value);
}

/** A size that may not be known. */
export function toKnownSize(value: string | null): number | undefined {
  return value === null ? undefined : toSafeInteger(value);
}

/** `text` as a LIKE pattern that matches it literally, anywhere. */
export function containsPattern(text: string): string {
  return `%${text.replace(/[\\%_]/g, (character) => `\\${character}`)}%`;
}
