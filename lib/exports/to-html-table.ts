import { formatExactBytes } from "#lib/display/bytes.ts";
import { isMeasure, MEASURES } from "#lib/display/measures.ts";
import type { CsvValue } from "./csv.ts";
import { formatCell } from "./format-cell.ts";
import { type ColumnHead, isNumber, lostWords, type Table } from "./table.ts";
import { toHtmlText } from "./to-html-text.ts";

/** Text up to this length stays on one line; the table scrolls in its box. */
const ONE_LINE = 36;

/** A table that is sorted by clicking a column's name, in a box that scrolls if it is too wide. */
export function toHtmlTable(table: Table): string {
  const { title, columns, rows } = table;
  const name = toHtmlText(title);
  const head = columns.map(toHead).join("");
  const body = rows.map((row) => `<tr>${row.map((value, i) => toCell(value, columns[i]!)).join("")}</tr>`);
  const box = `<div class="scroll" role="region" aria-label="${name}" tabindex="0">`;
  const markup = `<table><thead><tr>${head}</tr></thead><tbody>${body.join("")}</tbody></table>`;
  const lost = lostWords(table);
  return `<h2>${name}</h2>${box}${markup}</div>${lost === "" ? "" : `<p class="dim">… ${lost}.</p>`}`;
}

function toHead({ name, kind, measure }: ColumnHead): string {
  const number = isNumber(kind) ? ' class="number" data-n="1"' : "";
  const definition = measure === undefined ? "" : ` title="${toHtmlText(MEASURES[measure].definition)}"`;
  return `<th scope="col"${number}><button type="button"${definition}>${toHtmlText(name)}</button></th>`;
}

function toCell(value: CsvValue, { kind }: ColumnHead): string {
  const shown = formatCell(value, kind);
  const look = isNumber(kind) ? "number" : kind === "path" ? "path" : shown.length > ONE_LINE ? "long" : "";
  const title = toTitle(value, kind, shown);
  const attributes = [look === "" ? "" : ` class="${look}"`, title === "" ? "" : ` title="${toHtmlText(title)}"`];
  return `<td${attributes.join("")} data-v="${toHtmlText(String(value ?? Number.NEGATIVE_INFINITY))}">${toHtmlText(shown)}</td>`;
}

/** Shown on hover: exact bytes, the complete digest, the definition of a rung. */
function toTitle(value: CsvValue, kind: ColumnHead["kind"], shown: string): string {
  if (typeof value === "number") return kind === "bytes" || kind === "delta" ? formatExactBytes(value) : "";
  const text = String(value);
  if (kind === "rung" && isMeasure(text)) return MEASURES[text].definition;
  return kind === "digest" && value !== null && text !== shown ? text : "";
}
