import type { Pool, PoolClient } from "pg";
import { removeChunks } from "./remove-chunks.ts";
import { withWriter } from "./transaction.ts";

const OF_ARTIFACT = ["node", "edge", "wasted_body", "image_directory"];

/** Deletes an artifact, and every layer, content and component that nothing else uses. */
export function removeArtifact(pool: Pool, artifactId: number): Promise<void> {
  return withWriter(pool, async (client) => {
    const layerIds = await findOnlyLayers(client, artifactId);
    const componentIds = await findOnlyComponents(client, artifactId);
    for (const table of OF_ARTIFACT) await client.query(`DELETE FROM ${table} WHERE artifact_id = $1`, [artifactId]);
    await client.query("DELETE FROM artifact WHERE id = $1", [artifactId]);
    await removeLayers(client, layerIds);
    await removeItems(client, componentIds);
    await client.query("DELETE FROM store_reference WHERE referrer_id = ANY($1)", [componentIds]);
    await client.query("DELETE FROM component WHERE id = ANY($1)", [componentIds]);
  });
}

async function findOnlyLayers(client: PoolClient, artifactId: number): Promise<number[]> {
  const { rows } = await client.query<{ layer_id: number }>(
    `SELECT DISTINCT layer_id FROM image_layer AS own WHERE artifact_id = $1 AND NOT EXISTS
       (SELECT FROM image_layer AS other WHERE other.layer_id = own.layer_id AND other.artifact_id <> $1)`,
    [artifactId],
  );
  return rows.map((row) => row.layer_id);
}

async function findOnlyComponents(client: PoolClient, artifactId: number): Promise<number[]> {
  const { rows } = await client.query<{ component_id: number }>(
    `SELECT DISTINCT component_id FROM node AS own WHERE artifact_id = $1 AND NOT EXISTS
       (SELECT FROM node AS other WHERE other.component_id = own.component_id AND other.artifact_id <> $1)`,
    [artifactId],
  );
  return rows.map((row) => row.component_id);
}

async function removeLayers(client: PoolClient, layerIds: readonly number[]): Promise<void> {
  const { rows } = await client.query<ContentRow>(
    `WITH gone AS (DELETE FROM layer_entry WHERE layer_id = ANY($1) RETURNING content_id)
     SELECT DISTINCT content_id FROM gone WHERE content_id IS NOT NULL`,
    [layerIds],
  );
  await removeContents(client, rows);
  await client.query("DELETE FROM layer_document WHERE layer_id = ANY($1)", [layerIds]);
  await client.query("DELETE FROM layer WHERE id = ANY($1)", [layerIds]);
}

/** Deletes the files of store items. */
async function removeItems(client: PoolClient, componentIds: readonly number[]): Promise<void> {
  const { rows } = await client.query<ContentRow>(
    `WITH gone AS (DELETE FROM store_file WHERE component_id = ANY($1) RETURNING content_id)
     SELECT DISTINCT content_id FROM gone WHERE content_id IS NOT NULL`,
    [componentIds],
  );
  await removeContents(client, rows);
  await client.query("DELETE FROM packed_item WHERE component_id = ANY($1)", [componentIds]);
}

interface ContentRow {
  readonly content_id: number;
}

/** Deletes those of these bodies that no layer and no store item uses, and their chunk lists. */
async function removeContents(client: PoolClient, candidates: readonly ContentRow[]): Promise<void> {
  const { rows } = await client.query<{ id: number }>(
    `DELETE FROM content WHERE id = ANY($1::bigint[])
       AND NOT EXISTS (SELECT FROM layer_entry WHERE content_id = content.id)
       AND NOT EXISTS (SELECT FROM store_file WHERE content_id = content.id) RETURNING id`,
    [candidates.map(({ content_id }) => content_id)],
  );
  await removeChunks(
    client,
    rows.map(({ id }) => id),
  );
}
