import type { PoolClient } from "pg";
import { type DiffId, digestBytes, digestOf } from "#lib/model/digest.ts";

/** DiffID → id of the stored layers, or only of those that were read. */
export async function listStoredLayers(
  client: PoolClient,
  diffIds: readonly DiffId[],
  { onlyRead }: { readonly onlyRead: boolean },
): Promise<Map<string, number>> {
  const { rows } = await client.query<{ id: number; diff_id: Buffer }>(
    "SELECT id, diff_id FROM layer WHERE diff_id = ANY($1) AND (entry_count IS NOT NULL OR NOT $2)",
    [diffIds.map(digestBytes), onlyRead],
  );
  return new Map(rows.map((row) => [digestOf(row.diff_id), row.id]));
}

/** Stores the layers that are not stored, as unread ones. Returns DiffID → id. */
export async function insertUnreadLayers(client: PoolClient, diffIds: readonly DiffId[]): Promise<Map<string, number>> {
  // Not by ON CONFLICT: each conflict would use up an id.
  await client.query(
    `INSERT INTO layer (diff_id) SELECT DISTINCT d FROM unnest($1::bytea[]) AS d
     WHERE NOT EXISTS (SELECT FROM layer WHERE diff_id = d)`,
    [diffIds.map(digestBytes)],
  );
  return listStoredLayers(client, diffIds, { onlyRead: false });
}
