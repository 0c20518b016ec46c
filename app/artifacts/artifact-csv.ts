import { decodeSegment } from "#components/ui/search-params.ts";
import { type Columns, csvTable } from "#lib/exports/table.ts";
import type { Export } from "#lib/views/exports.ts";
import { csvResponse } from "../csv-response.ts";
import { namedPlainly } from "./named.ts";

/** A route that responds with all of an artifact's rows as a CSV file. */
export function artifactCsv<Row>(table: string, load: (text: string) => Promise<Export<Row>>, columns: Columns<Row>) {
  return async (_request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> => {
    const { name, rows } = await namedPlainly(load(decodeSegment((await params).id)));
    return csvResponse(`${name}-${table}`, csvTable(columns, rows));
  };
}
