import { artifactKind } from "#lib/display/artifact-kind.ts";
import { nameArtifacts } from "#lib/display/artifact-names.ts";
import { byDownloadNote } from "#lib/display/by-download.ts";
import { formatExactKnown, formatKnown } from "#lib/display/bytes.ts";
import { MEASURES } from "#lib/display/measures.ts";
import type { Answer, ArtifactLabel } from "#lib/model/answer.ts";
import type { Report } from "#lib/model/report.ts";
import { shortDigest } from "#lib/model/short-digest.ts";
import { SCRIPT, SCRIPT_HASH, STYLE } from "./html-style.ts";
import { toReportFigures } from "./report-figures.ts";
import { toReportTables } from "./report-tables.ts";
import { answerPicture, toSvg } from "./svg.ts";
import type { Table } from "./table.ts";
import { toHtmlTable } from "./to-html-table.ts";
import { toHtmlText } from "./to-html-text.ts";

const PICTURE = { width: 1120, height: 260 };
/** With more columns than these, no name fits under one: they are numbered, and named in the list. */
const NAMED_COLUMNS = 8;
/** Maximum width of a column, in rem. */
const MAX_COLUMN_WIDTH = 16;

/** A report as one HTML file that needs no server and no network: everything is included, and tables stay sortable. */
export function toHtml(report: Report): string {
  const { answer, title, note, id, createdAt, engineVersion } = report;
  const tables = toReportTables(answer);
  const made = new Date(createdAt).toISOString().slice(0, 10);
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src '${SCRIPT_HASH}'">
<title>${toHtmlText(title)}</title><style>${STYLE}</style></head><body>
<h1>${toHtmlText(title)}</h1><p class="dim">Stratigraph report ${toHtmlText(id)}, made ${made}, engine ${engineVersion}</p>
${note === "" ? "" : `<pre>${toHtmlText(note)}</pre>`}
${toFigures(answer)}
${toNote(answer)}
${toPicturePart(answer)}
${toInputs(answer.artifacts)}
${tables.map(toHtmlTable).join("\n")}
${toDefinitions(answer, tables)}
<script>${SCRIPT}</script></body></html>
`;
}

function toFigures(answer: Answer): string {
  const figures = toReportFigures(answer).map((figure) => {
    const { definition } = MEASURES[figure.measure];
    const name = `<dt title="${toHtmlText(definition)}">${toHtmlText(figure.label)}</dt>`;
    return `<div>${name}<dd title="${formatExactKnown(figure.bytes)}">${figure.text}</dd></div>`;
  });
  return `<dl class="figures">${figures.join("")}</dl>`;
}

function toNote({ artifacts }: Answer): string {
  const note = byDownloadNote(artifacts);
  return note === undefined ? "" : `<p class="dim">${toHtmlText(note)}</p>`;
}

function toPicturePart(answer: Answer): string {
  const { order } = answerPicture(answer);
  const names = nameArtifacts(answer.artifacts);
  const feet = order.map((artifact) => {
    const words = order.length <= NAMED_COLUMNS ? `<b>${toHtmlText(names[artifact]!)}</b>` : "";
    return `<span><i>${artifact + 1}</i>${words}</span>`;
  });
  const width = `max-width:${order.length * MAX_COLUMN_WIDTH}rem`;
  return `<figure style="${width}">${toSvg(answer, PICTURE)}<div class="feet">${feet.join("")}</div></figure>`;
}

/** The numbered list of artifacts under the picture. */
function toInputs(artifacts: readonly ArtifactLabel[]): string {
  const names = nameArtifacts(artifacts);
  const rows = artifacts.map((artifact, i) => {
    const { digest } = artifact;
    const code = `<code title="${toHtmlText(digest)}">${toHtmlText(shortDigest(digest))}</code>`;
    return `<li>${toHtmlText(names[i]!)} <span class="dim">${artifactKind(artifact)} ${code}, ${formatKnown(artifact.byteCount)}</span></li>`;
  });
  return `<ol class="inputs">${rows.join("")}</ol>`;
}

/** The glossary: every measure of the figures and tables, once, in the order of the glossary page. */
function toDefinitions(answer: Answer, tables: readonly Table[]): string {
  const used = new Set<string>(toReportFigures(answer).map(({ measure }) => measure));
  for (const { columns, rows } of tables) {
    columns.forEach(({ measure, kind }, i) => {
      if (measure !== undefined) used.add(measure);
      if (kind === "rung") for (const row of rows) used.add(String(row[i]));
    });
  }
  const terms = Object.entries(MEASURES).filter(([name]) => used.has(name));
  const items = terms.map(
    ([, { label, definition }]) => `<dt>${toHtmlText(label)}</dt><dd>${toHtmlText(definition)}</dd>`,
  );
  return `<h2>What the numbers mean</h2><dl class="terms">${items.join("")}</dl>`;
}
