import { visibleText } from "#lib/display/visible-text.ts";

export type CsvValue = string | number | boolean | null;

export interface CsvTable {
  readonly header: readonly string[];
  /** May be generated while they are read. */
  readonly rows: Iterable<readonly CsvValue[]>;
}

// What a spreadsheet would execute ("CSV injection", OWASP): names come from hostile images. After an `@` only a call (or a DDE
// link) is executed; `@babel/core` is a name, and stays one. A leading tab is escaped, so it hides nothing.
const FORMULA = /^(?:[=+-]|@$|@.*[(|!])/s;

/** Rows as CSV (RFC 4180: CRLF, quotes doubled). Control and bidi characters and line breaks are escaped; text that a spreadsheet would execute as a formula gets a leading quote mark. */
export function toCsv(header: readonly string[], rows: Iterable<readonly CsvValue[]>): string {
  return [...csvLines(header, rows)].join("");
}

/** The same line by line, each with its end, for tables too long for one string. */
export function* csvLines(header: readonly string[], rows: Iterable<readonly CsvValue[]>): Generator<string> {
  yield toLine(header);
  for (const row of rows) yield toLine(row);
}

function toLine(row: readonly CsvValue[]): string {
  return `${row.map(csvCell).join(",")}\r\n`;
}

function csvCell(value: CsvValue): string {
  if (value === null) return "";
  if (typeof value !== "string") return String(value);
  const shown = visibleText(value);
  const text = FORMULA.test(shown) ? `'${shown}` : shown;
  return /[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
