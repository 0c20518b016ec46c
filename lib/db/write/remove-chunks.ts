import type { PoolClient } from "pg";
import { int32Column } from "../queries/columns.ts";

/** Deletes the chunk lists of these bodies, and the chunks that no other body uses. */
export async function removeChunks(client: PoolClient, contentIds: readonly number[]): Promise<void> {
  const { rows } = await client.query<{ chunk_ids: Buffer }>(
    "DELETE FROM content_chunk WHERE content_id = ANY($1::bigint[]) RETURNING chunk_ids",
    [contentIds],
  );
  if (rows.length === 0) return;
  const uses = new Map<number, number>();
  for (const { chunk_ids } of rows) {
    for (const id of int32Column(chunk_ids)) uses.set(id, (uses.get(id) ?? 0) + 1);
  }
  const ids = [...uses.keys()];
  await client.query(
    `UPDATE chunk SET use_count = use_count - fewer.uses
     FROM unnest($1::int[], $2::int[]) AS fewer(id, uses) WHERE chunk.id = fewer.id`,
    [ids, [...uses.values()]],
  );
  await client.query("DELETE FROM chunk WHERE id = ANY($1) AND use_count = 0", [ids]);
}
