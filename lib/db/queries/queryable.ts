/** The part of a node-postgres connection or pool that a query needs. */
export interface Queryable {
  query<Row extends object>(text: string, values?: unknown[]): Promise<{ rows: Row[] }>;
}

/** A bigint or numeric as Postgres sends it, as a number. Throws a RangeError above 2^53 − 1. */
export function toSafeInteger(value: string | number): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number)) throw new RangeError(`${value} is not a safe integer`);
  return number;
}

/** `text` as a LIKE pattern that matches it literally, anywhere. */
export function containsPattern(text: string): string {
  return `%${toLiteral(text)}%`;
}

/** Whether a name is a pattern. */
export function isPattern(text: string): boolean {
  return text.includes("*");
}

/** The LIKE pattern of a typed name: with `*`, which matches any text, of the whole name; else of a part. */
export function namePattern(text: string): string {
  return isPattern(text) ? text.split("*").map(toLiteral).join("%") : containsPattern(text);
}

/** `text` with the special characters of LIKE escaped. */
export function toLiteral(text: string): string {
  return text.replace(/[\\%_]/g, (character) => `\\${character}`);
}
