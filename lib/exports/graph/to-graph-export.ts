import type { ExportAnswer, GraphFormat } from "#lib/model/graph-export.ts";
import { csvLines } from "../csv.ts";
import { csvTable } from "../table.ts";
import { EDGE_COLUMNS, type EdgeRow } from "../tables/edges.ts";
import { toCycloneDx } from "./cyclonedx.ts";
import { toDot } from "./dot.ts";
import { ExportView } from "./export-view.ts";
import { toGraphMl } from "./graphml.ts";
import { toSpdx } from "./spdx.ts";

/** A graph as a file: its text piece by piece, and its type and the end of its name for HTTP. */
export interface GraphExport {
  readonly pieces: Iterable<string>;
  readonly mediaType: string;
  readonly extension: string;
}

/** `specVersion`: one that the format has; "" for a format without versions. */
export function toGraphExport(answer: ExportAnswer, format: GraphFormat, specVersion: string): GraphExport {
  const view = new ExportView(answer);
  switch (format) {
    case "cyclonedx": {
      const mediaType = `application/vnd.cyclonedx+json; version=${specVersion}`;
      return { pieces: toCycloneDx(view, specVersion), mediaType, extension: "cdx.json" };
    }
    case "spdx":
      return { pieces: toSpdx(view, specVersion), mediaType: "application/spdx+json", extension: "spdx.json" };
    case "dot":
      return { pieces: toDot(view), mediaType: "text/vnd.graphviz; charset=utf-8", extension: "dot" };
    case "graphml":
      return { pieces: toGraphMl(view), mediaType: "application/xml; charset=utf-8", extension: "graphml" };
    case "csv":
      return { pieces: toEdgeCsv(view), mediaType: "text/csv; charset=utf-8", extension: "edges.csv" };
  }
}

function toEdgeCsv(view: ExportView): Generator<string> {
  const { header, rows } = csvTable(EDGE_COLUMNS, listEdgeRows(view));
  return csvLines(header, rows);
}

function* listEdgeRows(view: ExportView): Generator<EdgeRow> {
  const { nodes } = view.answer;
  for (const [node, from] of nodes.entries()) {
    for (const { to, statements } of view.edgesOf(node)) {
      for (const statement of statements) yield { from, to: nodes[to]!, ...statement };
    }
  }
}
