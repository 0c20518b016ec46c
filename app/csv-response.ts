import { type CsvValue, csvLines } from "#lib/exports/csv.ts";

/** Characters sent at once: lines one by one would cost a call of the server each. */
const CHUNK_LENGTH = 65_536;

/** Rows as a CSV file to save under this name, made while it is sent. */
export function csvResponse(name: string, header: readonly string[], rows: Iterable<readonly CsvValue[]>): Response {
  const file = name.replace(/[^\w.-]+/g, "-");
  return new Response(toStream(csvLines(header, rows)), {
    headers: { "content-type": "text/csv; charset=utf-8", "content-disposition": `attachment; filename="${file}.csv"` },
  });
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
