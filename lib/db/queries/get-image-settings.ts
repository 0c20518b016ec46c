import type { ImageSettings } from "#lib/model/image-settings.ts";
import type { Queryable } from "./queryable.ts";

/** How an image runs and was made; `undefined` if it was scanned before that was stored. */
export async function getImageSettings(db: Queryable, artifactId: number): Promise<ImageSettings | undefined> {
  const { rows } = await db.query<{ settings: ImageSettings | null }>(
    "SELECT settings FROM image WHERE artifact_id = $1",
    [artifactId],
  );
  return rows[0]?.settings ?? undefined;
}
