import type { Pool } from "pg";
import { to as copyTo } from "pg-copy-streams";
import { withPooled } from "../connections.ts";
import { toUnreachable } from "../unreachable.ts";
import type { Queryable } from "./queryable.ts";

/** Signature, flags, and the length of the empty header extension (documentation of COPY, "Binary Format"). */
const HEADER_BYTES = 19;
const NULL_LENGTH = -1;

/**
 * The rows of a query in Postgres' binary format, a Buffer per field (`undefined` for null). For columns of megabytes: the driver
 * reads every value as text, and a bytea as text is twice as long and is copied four times. COPY takes no parameters: build
 * `select` from constants and checked numbers only (`integerList`). Rejects with an UnreachableError if the database is at fault.
 */
export async function copyOut(db: Queryable, select: string): Promise<(Buffer | undefined)[][]> {
  if (!isPool(db)) throw new TypeError("COPY needs a connection of its own: give a pool");
  const copied = withPooled(db, async (client) => {
    const chunks: Buffer[] = [];
    for await (const chunk of client.query(copyTo(`COPY (${select}) TO STDOUT (FORMAT binary)`))) chunks.push(chunk);
    return Buffer.concat(chunks);
  });
  const bytes = await copied.catch((error: unknown) => {
    throw toUnreachable(error) ?? error;
  });
  return readRows(bytes);
}

function isPool(db: Queryable): db is Queryable & Pool {
  return "connect" in db && "totalCount" in db;
}

/** Integers as SQL text. Throws a RangeError for anything else. */
export function integerList(numbers: readonly number[]): string {
  for (const number of numbers) if (!Number.isSafeInteger(number)) throw new RangeError(`${number} is not an integer`);
  return `ARRAY[${numbers.join(",")}]::int[]`;
}

function readRows(bytes: Buffer): (Buffer | undefined)[][] {
  const rows: (Buffer | undefined)[][] = [];
  let at = HEADER_BYTES;
  for (let fieldCount = bytes.readInt16BE(at); fieldCount >= 0; fieldCount = bytes.readInt16BE(at)) {
    at += 2;
    const row: (Buffer | undefined)[] = [];
    for (let i = 0; i < fieldCount; i++) {
      const length = bytes.readInt32BE(at);
      at += 4;
      row.push(length === NULL_LENGTH ? undefined : bytes.subarray(at, at + Math.max(length, 0)));
      at += Math.max(length, 0);
    }
    rows.push(row);
  }
  return rows;
}
