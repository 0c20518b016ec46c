import { type CsvValue, toCsv } from "#lib/display/csv.ts";

/** Rows as a CSV file to save under this name. */
export function csvResponse(name: string, header: readonly string[], rows: Iterable<readonly CsvValue[]>): Response {
  const file = name.replace(/[^\w.-]+/g, "-");
  return new Response(toCsv(header, rows), {
    headers: { "content-type": "text/csv; charset=utf-8", "content-disposition": `attachment; filename="${file}.csv"` },
  });
}
