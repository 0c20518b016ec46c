import { once } from "node:events";
import { finished } from "node:stream/promises";
import type { ClientBase } from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { CopyEncoder } from "./copy-encoder.ts";

/** Bytes passed to the socket at a time. */
const CHUNK_BYTES = 512 * 1024;

/** Rows in order: an array, or rows built one by one. */
interface Rows<T> {
  readonly length: number;
  at(i: number): T | undefined;
}

/** Each column of a table and what writes row i's field in it. */
type Fields<T> = Readonly<Record<string, (encoder: CopyEncoder, row: T, i: number) => void>>;

/** Loads rows by binary COPY, with backpressure. Rejects with the server's error; the caller's transaction then rolls back. */
export async function copyRows<T>(client: ClientBase, table: string, rows: Rows<T>, fields: Fields<T>): Promise<void> {
  if (rows.length === 0) return;
  const columns = Object.keys(fields);
  const writers = Object.values(fields);
  const stream = client.query(copyFrom(`COPY ${table} (${columns.join(", ")}) FROM STDIN (FORMAT binary)`));
  const done = finished(stream);
  // Awaited below; without this a failure while rows are being written would count as unhandled.
  done.catch(() => undefined);
  const encoder = new CopyEncoder();
  encoder.writeHeader();
  for (let i = 0; i < rows.length; i++) {
    const row = rows.at(i)!;
    encoder.startRow(writers.length);
    for (const write of writers) write(encoder, row, i);
    if (encoder.byteCount >= CHUNK_BYTES && !stream.write(encoder.take()))
      await Promise.race([once(stream, "drain"), done]);
  }
  encoder.writeTrailer();
  stream.end(encoder.take());
  await done;
}

/** The numbers 0 … length - 1: rows of a table in columns. */
export function rowNumbers(length: number): Rows<number> {
  return { length, at: (i) => i };
}
