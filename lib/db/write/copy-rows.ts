import { once } from "node:events";
import { finished } from "node:stream/promises";
import type { ClientBase } from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { CopyEncoder } from "./copy-encoder.ts";

/** Bytes passed to the socket at a time. */
const CHUNK_BYTES = 512 * 1024;

interface RowSource {
  table: string;
  columns: readonly string[];
  rowCount: number;
  /** Writes the fields of row i, in the order of `columns`. */
  writeRow: (row: CopyEncoder, i: number) => void;
}

/** Loads rows by binary COPY, with backpressure. Rejects with the server's error; the caller's transaction then rolls back. */
export async function copyRows(client: ClientBase, { table, columns, rowCount, writeRow }: RowSource): Promise<void> {
  if (rowCount === 0) return;
  const stream = client.query(copyFrom(`COPY ${table} (${columns.join(", ")}) FROM STDIN (FORMAT binary)`));
  const done = finished(stream);
  // Awaited below; without this a failure while rows are being written would count as unhandled.
  done.catch(() => undefined);
  const encoder = new CopyEncoder();
  encoder.writeHeader();
  for (let i = 0; i < rowCount; i++) {
    encoder.startRow(columns.length);
    writeRow(encoder, i);
    if (encoder.byteCount >= CHUNK_BYTES && !stream.write(encoder.take()))
      await Promise.race([once(stream, "drain"), done]);
  }
  encoder.writeTrailer();
  stream.end(encoder.take());
  await done;
}
