import type { Report } from "#lib/model/report.ts";
import { formatBytes, formatExactBytes } from "../bytes.ts";
import { visibleText } from "../visible-text.ts";
import { formatCell } from "./format-cell.ts";
import { toPicture } from "./picture.ts";
import { type ReportTable, toReportFigures, toReportTables } from "./report-tables.ts";

const STYLE = `
:root{color-scheme:light dark;--ink:#16211d;--dim:#5c6b65;--ground:#fbfcfb;--line:#dfe5e2;--accent:#00704f}
@media(prefers-color-scheme:dark){:root{--ink:#e8eeeb;--dim:#94a39c;--ground:#0f1412;--line:#26302c;--accent:#57d3a9}}
*{box-sizing:border-box}body{margin:0 auto;max-width:72rem;padding:2rem 1.25rem 4rem;background:var(--ground);color:var(--ink);
font:15px/1.5 system-ui,sans-serif;font-variant-numeric:tabular-nums}h1{font-size:1.6rem;margin:0 0 .25rem}h2{font-size:1rem;margin:2.5rem 0 .5rem}
.dim{color:var(--dim)}.figures{display:flex;flex-wrap:wrap;gap:2.5rem;margin:1.5rem 0}.figures dt{color:var(--dim);font-size:.85rem}
.figures dd{margin:0;font-size:1.5rem;font-weight:600}.scroll{overflow-x:auto}svg{max-width:none;display:block}
ol.names{display:flex;flex-wrap:wrap;gap:.25rem 2.5rem;padding-left:1.25rem}pre{white-space:pre-wrap;font:inherit}
table{border-collapse:collapse;width:100%;font-size:.9rem}th,td{padding:.3rem .6rem;text-align:left;border-bottom:1px solid var(--line);overflow-wrap:anywhere}
th button{all:unset;cursor:pointer;font-weight:600;color:var(--dim)}th button:focus-visible{outline:2px solid var(--accent)}
th[aria-sort=ascending] button::after{content:" ↑"}th[aria-sort=descending] button::after{content:" ↓"}.number{text-align:right;white-space:nowrap}
@media print{th button::after{content:none}}`;

/** Sorts a table by the column whose button was pressed: by exact values, not by what is shown. No library, no network. */
const SCRIPT = `
for(const button of document.querySelectorAll("th button"))button.onclick=()=>{
const head=button.parentElement,table=head.closest("table"),body=table.tBodies[0],at=head.cellIndex;
const down=head.getAttribute("aria-sort")!=="descending";
for(const other of head.parentElement.cells)other.removeAttribute("aria-sort");
head.setAttribute("aria-sort",down?"descending":"ascending");
const of=row=>{const v=row.cells[at].dataset.v;return head.dataset.n?Number(v):v};
const rows=[...body.rows].sort((a,b)=>{const x=of(a),y=of(b);return (x<y?-1:x>y?1:0)*(down?-1:1)});
body.append(...rows)};`;

/** A report as one HTML file that needs no server and no network: everything is inside, tables can still be sorted. */
export function toHtml(report: Report): string {
  const figures = toReportFigures(report.answer).map(
    ({ name, bytes }) =>
      `<div><dt>${toHtmlText(name)}</dt><dd title="${formatExactBytes(bytes)}">${formatBytes(bytes)}</dd></div>`,
  );
  const names = report.answer.artifacts.map(
    ({ name, digest }) => `<li>${toHtmlText(name)} <code class="dim">${toHtmlText(digest.slice(0, 19))}</code></li>`,
  );
  const made = new Date(report.createdAt).toISOString().slice(0, 10);
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
<title>${toHtmlText(report.title)}</title><style>${STYLE}</style></head><body>
<h1>${toHtmlText(report.title)}</h1><p class="dim">Stratigraph report ${toHtmlText(report.id)}, made ${made}, engine ${report.engineVersion}</p>
${report.note === "" ? "" : `<pre>${toHtmlText(report.note)}</pre>`}
<dl class="figures">${figures.join("")}</dl>
<div class="scroll">${toPicture(report.answer)}</div><ol class="names">${names.join("")}</ol>
${toReportTables(report.answer).map(toHtmlTable).join("\n")}
<script>${SCRIPT}</script></body></html>
`;
}

function toHtmlTable({ title, columns, rows }: ReportTable): string {
  const head = columns.map(({ name, kind }) => {
    const number = kind === "text" ? "" : ' class="number" data-n="1"';
    return `<th scope="col"${number}><button type="button">${toHtmlText(name)}</button></th>`;
  });
  const body = rows.map((row) => {
    const cells = row.map((value, i) => {
      const { kind } = columns[i]!;
      const number = kind === "text" ? "" : ' class="number"';
      return `<td${number} data-v="${toHtmlText(String(value ?? -1))}">${toHtmlText(formatCell(value, kind))}</td>`;
    });
    return `<tr>${cells.join("")}</tr>`;
  });
  const thead = `<thead><tr>${head.join("")}</tr></thead>`;
  return `<h2>${toHtmlText(title)}</h2><div class="scroll"><table>${thead}<tbody>${body.join("")}</tbody></table></div>`;
}

/** Text as HTML text or attribute: names come from images and may hold anything. */
function toHtmlText(text: string): string {
  const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
  return visibleText(text).replace(/[&<>"']/g, (character) => entities[character]!);
}
