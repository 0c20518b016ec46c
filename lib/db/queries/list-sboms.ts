import { CURRENT_NAME } from "./current-name.ts";
import type { Queryable } from "./queryable.ts";

/** Those of these artifacts that are software bills of materials, with their display names. */
export async function listSboms(
  db: Queryable,
  artifactIds: readonly number[],
): Promise<{ readonly id: number; readonly name: string }[]> {
  const { rows } = await db.query<{ id: number; name: string }>(
    `SELECT a.id, ${CURRENT_NAME} AS name FROM artifact a WHERE a.id = ANY($1) AND a.kind = 'sbom' ORDER BY a.id`,
    [artifactIds],
  );
  return rows;
}
