import type { Pool, PoolClient } from "pg";
import { removeChunks } from "./remove-chunks.ts";
import { withWriter } from "./transaction.ts";

const OF_ARTIFACT = ["node", "edge", "wasted_body", "image_directory"];

/** Deletes an artifact, and every layer, content and component that nothing else uses. */
export function removeArtifact(pool: Pool, artifactId: number): Promise<void> {
  return withWriter(pool, async (client) => {
    const layerIds = await listOnlyHere(client, "image_layer", "layer_id", artifactId);
    const componentIds = await listOnlyHere(client, "node", "component_id", artifactId);
    await removeRows(client, artifactId);
    await client.query("DELETE FROM artifact WHERE id = $1", [artifactId]);
    await removeFiles(client, "layer_entry", "layer_id", layerIds);
    await client.query("DELETE FROM layer_document WHERE layer_id = ANY($1)", [layerIds]);
    await client.query("DELETE FROM layer WHERE id = ANY($1)", [layerIds]);
    await removeFiles(client, "store_file", "component_id", componentIds);
    await client.query("DELETE FROM packed_item WHERE component_id = ANY($1)", [componentIds]);
    await client.query("DELETE FROM store_reference WHERE referrer_id = ANY($1)", [componentIds]);
    await client.query("DELETE FROM component WHERE id = ANY($1)", [componentIds]);
  });
}

/**
 * Makes room for another reading of a stored image: deletes its components, and gives it a new id, so that nothing that is cached
 * of the earlier reading is taken for the new one. Its names, their history and what came with it stay. Returns the components
 * that nothing uses now, for `removeUnused`.
 */
export async function clearReading(client: PoolClient, artifactId: number): Promise<readonly number[]> {
  const componentIds = await listOnlyHere(client, "node", "component_id", artifactId);
  await removeRows(client, artifactId);
  await client.query("UPDATE artifact SET id = nextval(pg_get_serial_sequence('artifact', 'id')) WHERE id = $1", [
    artifactId,
  ]);
  return componentIds;
}

/** Deletes those of the components that no artifact has. */
export async function removeUnused(client: PoolClient, componentIds: readonly number[]): Promise<void> {
  await client.query(
    "DELETE FROM component WHERE id = ANY($1) AND NOT EXISTS (SELECT FROM node WHERE component_id = component.id)",
    [componentIds],
  );
}

/** Deletes an artifact's rows in the tables without foreign keys. */
async function removeRows(client: PoolClient, artifactId: number): Promise<void> {
  for (const table of OF_ARTIFACT) await client.query(`DELETE FROM ${table} WHERE artifact_id = $1`, [artifactId]);
}

/** The ids in a column of this artifact's rows that no other artifact has. */
async function listOnlyHere(client: PoolClient, table: string, column: string, artifactId: number): Promise<number[]> {
  const { rows } = await client.query<{ id: number }>(
    `SELECT DISTINCT ${column} AS id FROM ${table} AS own WHERE artifact_id = $1 AND NOT EXISTS
       (SELECT FROM ${table} AS other WHERE other.${column} = own.${column} AND other.artifact_id <> $1)`,
    [artifactId],
  );
  return rows.map(({ id }) => id);
}

/** Deletes the names in these layers or items, the bodies that no other layer and no other item uses, and their chunk lists. */
async function removeFiles(client: PoolClient, table: string, column: string, ids: readonly number[]): Promise<void> {
  const gone = await client.query<{ id: number }>(
    `WITH gone AS (DELETE FROM ${table} WHERE ${column} = ANY($1) RETURNING content_id)
     SELECT DISTINCT content_id AS id FROM gone WHERE content_id IS NOT NULL`,
    [ids],
  );
  const unused = await client.query<{ id: number }>(
    `DELETE FROM content WHERE id = ANY($1::bigint[])
       AND NOT EXISTS (SELECT FROM layer_entry WHERE content_id = content.id)
       AND NOT EXISTS (SELECT FROM store_file WHERE content_id = content.id) RETURNING id`,
    [gone.rows.map(({ id }) => id)],
  );
  await removeChunks(
    client,
    unused.rows.map(({ id }) => id),
  );
}
