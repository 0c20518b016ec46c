import { type CsvTable, csvLines } from "#lib/exports/csv.ts";
import { joinPieces } from "#lib/exports/join-pieces.ts";

/** A table as a CSV file with this name, generated while it is sent. */
export function csvResponse(name: string, { header, rows }: CsvTable): Response {
  return fileResponse(`${name}.csv`, "text/csv; charset=utf-8", csvLines(header, rows));
}

/** A text as a file with this name, generated while it is sent. */
export function fileResponse(name: string, mediaType: string, pieces: Iterable<string>): Response {
  const file = name.replace(/[^\w.-]+/g, "-");
  return new Response(toStream(pieces), {
    headers: { "content-type": mediaType, "content-disposition": `attachment; filename="${file}"` },
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

/** A text as a stream, generated while it is sent. */
function toStream(pieces: Iterable<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const chunks = joinPieces(pieces);
  return new ReadableStream({
    pull(controller) {
      const chunk = chunks.next();
      if (chunk.done) controller.close();
      else controller.enqueue(encoder.encode(chunk.value));
    },
  });
}
