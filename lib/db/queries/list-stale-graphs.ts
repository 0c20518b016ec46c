import { ENGINE_VERSION } from "../engine-version.ts";
import type { Queryable } from "./queryable.ts";

/** The artifacts whose graphs an older engine measured, by id. */
export async function listStaleGraphs(db: Queryable): Promise<number[]> {
  const { rows } = await db.query<{ id: number }>(
    "SELECT artifact_id AS id FROM packed_graph WHERE engine_version < $1 ORDER BY artifact_id",
    [ENGINE_VERSION],
  );
  return rows.map(({ id }) => id);
}
