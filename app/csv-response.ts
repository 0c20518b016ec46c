import { type CsvTable, csvLines } from "#lib/exports/csv.ts";

/** Characters per chunk: single lines would cost one server call each. */
const CHUNK_LENGTH = 65_536;

/** A table as a CSV file with this name, generated while it is sent. */
export function csvResponse(name: string, { header, rows }: CsvTable): Response {
  const file = name.replace(/[^\w.-]+/g, "-");
  return new Response(toStream(csvLines(header, rows)), {
    headers: { "content-type": "text/csv; charset=utf-8", "content-disposition": `attachment; filename="${file}.csv"` },
  });
}

/** The table of a file name: `cells.csv`; `undefined` if there is none. */
export function findTable<Table>(tables: Readonly<Record<string, Table>>, file: string): Table | undefined {
  const name = toTableName(file);
  return file === `${name}.csv` && Object.hasOwn(tables, name) ? tables[name] : undefined;
}

export function toTableName(file: string): string {
  return file.replace(/\.csv$/, "");
}

function toStream(lines: Iterator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    pull(controller) {
      let chunk = "";
      while (chunk.length < CHUNK_LENGTH) {
        const line = lines.next();
        if (line.done) break;
        chunk += line.value;
      }
      if (chunk === "") controller.close();
      else controller.enqueue(encoder.encode(chunk));
    },
  });
}
