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
  return `%${toLiteral(text)}%`;
}

/** Whether a name is meant as a pattern. */
export function isPattern(text: string): boolean {
  return text.includes("*");
}

/** What a person typed for a name as a LIKE pattern: with `*` in it, which stands for any text, the whole of the name; else a part. */
export function namePattern(text: string): string {
  return isPattern(text) ? text.split("*").map(toLiteral).join("%") : containsPattern(text);
}

function toLiteral(text: string): string {
  return text.replace(/[\\%_]/g, (character) => `\\${character}`);
}
