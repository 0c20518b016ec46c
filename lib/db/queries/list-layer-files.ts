import { EntryKind } from "#lib/model/layer.ts";
import { PLACED_LAYERS } from "./list-directory.ts";
import type { Queryable } from "./queryable.ts";

/** Rows of one query: some 10 MB in memory. */
const BATCH = 50_000;

/** An entry of a layer. `contentId`: -1 without a body. */
export interface OwnEntry {
  readonly ordinal: number;
  readonly path: string;
  readonly kind: EntryKind;
  readonly bytes: number;
  readonly target: string;
  readonly contentId: number;
}

/** The entries of one layer, in tar order. */
export async function listOwnEntries(db: Queryable, layerId: number): Promise<OwnEntry[]> {
  const entries: OwnEntry[] = [];
  for (let first = 0; ; first += BATCH) {
    const { rows } = await db.query<OwnEntry>(
      `SELECT ordinal, CASE dir WHEN '' THEN name ELSE dir || '/' || name END AS path, kind, byte_count AS bytes,
         coalesce(target, '') AS target, coalesce(content_id, -1) AS "contentId"
       FROM layer_entry WHERE layer_id = $1 AND ordinal >= $2 AND ordinal < $3 ORDER BY ordinal`,
      [layerId, first, first + BATCH],
    );
    for (const row of rows) entries.push(row);
    if (rows.length < BATCH) return entries;
  }
}

/** An entry of another layer at a path of this one, or above it. */
export interface OtherEntry {
  readonly layer: number;
  readonly path: string;
  readonly kind: EntryKind;
  readonly contentId: number;
}

/** The entries of an image's other layers at the paths of one layer. */
export async function listSamePaths(db: Queryable, artifactId: number, layer: number): Promise<OtherEntry[]> {
  const { rows } = await db.query<OtherEntry>(
    `WITH ${PLACED_LAYERS}, own AS (
       SELECT DISTINCT e.dir, e.name FROM placed p JOIN layer_entry e ON e.layer_id = p.layer_id
       WHERE p.position = $2 AND e.kind < ${EntryKind.reserved}
     )
     SELECT p.position AS layer, CASE e.dir WHEN '' THEN e.name ELSE e.dir || '/' || e.name END AS path, e.kind,
       coalesce(e.content_id, -1) AS "contentId"
     FROM placed p JOIN layer_entry e ON e.layer_id = p.layer_id JOIN own o ON o.dir = e.dir AND o.name = e.name
     WHERE p.position <> $2 AND e.kind < ${EntryKind.reserved}`,
    [artifactId, layer],
  );
  return rows;
}

/** Whatever ends a directory in another layer: its whiteout, an opaque whiteout in it, or another kind of file in its place. */
export async function listDirectoryEnds(
  db: Queryable,
  artifactId: number,
  layer: number,
  directories: readonly string[],
): Promise<OtherEntry[]> {
  const { rows } = await db.query<OtherEntry>(
    `WITH ${PLACED_LAYERS}
     SELECT p.position AS layer, CASE e.dir WHEN '' THEN e.name ELSE e.dir || '/' || e.name END AS path, e.kind,
       coalesce(e.content_id, -1) AS "contentId"
     FROM placed p JOIN layer_entry e ON e.layer_id = p.layer_id
     WHERE p.position <> $2 AND e.kind <> ${EntryKind.directory} AND e.kind < ${EntryKind.reserved}
       AND CASE e.dir WHEN '' THEN e.name ELSE e.dir || '/' || e.name END = ANY($3)`,
    [artifactId, layer, directories],
  );
  return rows;
}

/** The directories that contain entries of an image's other layers. */
export async function listOtherDirectories(
  db: Queryable,
  artifactId: number,
  layer: number,
): Promise<{ layer: number; path: string }[]> {
  const { rows } = await db.query<{ layer: number; path: string }>(
    `WITH ${PLACED_LAYERS}
     SELECT DISTINCT p.position AS layer, e.dir AS path FROM placed p JOIN layer_entry e ON e.layer_id = p.layer_id
     WHERE p.position <> $2 AND e.kind < ${EntryKind.whiteout}`,
    [artifactId, layer],
  );
  return rows;
}

/** A body that no container sees, because of this layer or in it. */
export interface WastedHere {
  readonly path: string;
  readonly bytes: number;
  readonly layer: number;
  readonly hiddenBy: number;
}

export async function listWastedHere(db: Queryable, artifactId: number, layer: number): Promise<WastedHere[]> {
  const { rows } = await db.query<WastedHere>(
    `SELECT path, byte_count AS bytes, layer, hidden_by AS "hiddenBy" FROM wasted_body
     WHERE artifact_id = $1 AND (layer = $2 OR hidden_by = $2) ORDER BY ordinal`,
    [artifactId, layer],
  );
  return rows;
}
