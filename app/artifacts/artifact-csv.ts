import { notFound } from "next/navigation";
import { decodeSegment } from "#components/ui/search-params.ts";
import { type Columns, csvTable } from "#lib/exports/table.ts";
import type { ArtifactKind } from "#lib/model/artifact-label.ts";
import { NotKnownError, UsageError } from "#lib/model/problem.ts";
import type { Export } from "#lib/views/exports.ts";
import { csvResponse } from "../csv-response.ts";
import { named } from "./named.ts";

/** A route that responds with all of an artifact's rows as a CSV file. */
export function artifactCsv<Row>(
  table: string,
  load: (text: string, request: Request) => Promise<Export<Row>>,
  columns: Columns<Row> | ((kind: ArtifactKind) => Columns<Row>),
) {
  return async (request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> => {
    const found = await named(load(decodeSegment((await params).id), request));
    if (found instanceof NotKnownError) return new Response(`${found.message}\n`, { status: 409 });
    if (found instanceof UsageError) notFound();
    const { name, kind, rows } = found;
    const chosen = typeof columns === "function" ? columns(kind) : columns;
    return csvResponse(`${name}-${table}`, csvTable(chosen, rows));
  };
}
