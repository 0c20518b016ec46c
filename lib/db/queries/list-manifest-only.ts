import { ARTIFACT_TABLES, MANIFEST_ONLY } from "./list-artifacts.ts";
import type { Queryable } from "./queryable.ts";

/** An image that is known by its manifest alone. */
export interface ManifestOnly {
  readonly id: number;
  /** The last seen of its current names; `null` if it has none. */
  readonly name: string | null;
  /** Source of the last scan, `null` if there is none. */
  readonly source: string | null;
}

/** Those of these artifacts that are known by their manifest alone. */
export async function listManifestOnly(db: Queryable, artifactIds: readonly number[]): Promise<ManifestOnly[]> {
  const { rows } = await db.query<ManifestOnly>(
    `SELECT a.id, n.names[1] AS name, s.source FROM ${ARTIFACT_TABLES} WHERE a.id = ANY($1) AND ${MANIFEST_ONLY} ORDER BY a.id`,
    [artifactIds],
  );
  return rows;
}
