import type { Pool } from "pg";
import type { ImageSettings } from "#lib/model/image-settings.ts";
import { toStorableJson } from "./storable-text.ts";
import { withWriter } from "./transaction.ts";

/** Adds the settings of an image that was scanned before they were stored. */
export async function addSettings(pool: Pool, artifactId: number, settings: ImageSettings): Promise<void> {
  const { rowCount } = await pool.query("SELECT 1 FROM image WHERE artifact_id = $1 AND settings IS NULL", [
    artifactId,
  ]);
  if (rowCount === 0) return;
  await withWriter(pool, (client) =>
    client.query("UPDATE image SET settings = $2 WHERE artifact_id = $1 AND settings IS NULL", [
      artifactId,
      toStorableJson(settings),
    ]),
  );
}
