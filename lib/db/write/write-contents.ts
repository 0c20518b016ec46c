import type { PoolClient } from "pg";
import type { LayerContents } from "#lib/model/layer.ts";
import { copyRows } from "./copy-rows.ts";
import { reserveIds } from "./transaction.ts";

/** Stores the bodies that are new and returns the id of each, row by row. */
export async function writeContents(client: PoolClient, contents: LayerContents): Promise<Float64Array> {
  const ids = await findDigestIds(client, "content", contents);
  const fresh = [...ids.keys()].filter((row) => ids[row] === 0);
  const first = await reserveIds(client, "content", fresh.length);
  for (const [k, row] of fresh.entries()) ids[row] = first + k;
  await copyRows(client, "content", fresh, {
    id: (field, row) => field.int8(ids[row]!),
    sha256: (field, row) => field.bytes(contents.sha256.subarray(32 * row, 32 * row + 32)),
    byte_count: (field, row) => field.int8(contents.byteCount[row]!),
  });
  return ids;
}

/** Ids of the stored bodies or chunks, 0 for the others. All digests are sent as one value: an array of them would be text. */
export async function findDigestIds(
  client: PoolClient,
  table: "content" | "chunk",
  { sha256, count }: LayerContents,
): Promise<Float64Array> {
  const ids = new Float64Array(count);
  const { rows } = await client.query<{ row: number; id: number }>(
    `SELECT i AS row, found.id FROM generate_series(0, $2::int - 1) AS i
     JOIN ${table} AS found ON found.sha256 = substring($1::bytea FROM 32 * i + 1 FOR 32)`,
    [sha256.subarray(0, 32 * count), count],
  );
  for (const { row, id } of rows) ids[row] = id;
  return ids;
}
