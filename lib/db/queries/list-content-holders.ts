import type { ContentHolder } from "#lib/model/opened-file.ts";
import { CURRENT_NAME } from "./current-name.ts";
import type { Queryable } from "./queryable.ts";

/** Copies examined, visible or hidden. */
const MAX_COPIES = 400;

/** The other artifacts in which this content is visible, the newest first, each with one path. */
export async function listContentHolders(
  db: Queryable,
  { contentId, artifactId, limit }: { readonly contentId: number; readonly artifactId: number; readonly limit: number },
): Promise<ContentHolder[]> {
  const { rows } = await db.query<ContentHolder>(
    `WITH copy AS MATERIALIZED (
       SELECT p.artifact_id, p.position, e.ordinal, CASE e.dir WHEN '' THEN e.name ELSE e.dir || '/' || e.name END AS path
       FROM layer_entry e JOIN image_layer p ON p.layer_id = e.layer_id
       WHERE e.content_id = $1 AND p.artifact_id <> $2 ORDER BY p.artifact_id DESC LIMIT ${MAX_COPIES}
     ), visible AS (
       SELECT c.artifact_id, c.path FROM copy c JOIN image i ON i.artifact_id = c.artifact_id
       -- Owner -1, the same bytes in either byte order: an upper layer hides the entry.
       WHERE substring(i.owners FROM (4 * (c.ordinal + (
         SELECT coalesce(sum(l.entry_count), 0) FROM image_layer p JOIN layer l ON l.id = p.layer_id
         WHERE p.artifact_id = c.artifact_id AND p.position < c.position
       )) + 1)::int FOR 4) <> '\\xffffffff'
     ), item AS (
       SELECT n.artifact_id, c.identity || CASE f.path WHEN '' THEN '' ELSE '/' || f.path END AS path
       FROM store_file f JOIN node n ON n.component_id = f.component_id JOIN component c ON c.id = f.component_id
       WHERE f.content_id = $1 AND n.artifact_id <> $2 LIMIT ${MAX_COPIES}
     ), one AS (
       SELECT DISTINCT ON (artifact_id) artifact_id, path FROM (SELECT * FROM visible UNION ALL SELECT * FROM item) f
       ORDER BY artifact_id DESC, path
     )
     SELECT 'sha256:' || encode(a.digest, 'hex') AS digest, ${CURRENT_NAME} AS name, o.path
     FROM one o JOIN artifact a ON a.id = o.artifact_id ORDER BY a.id DESC LIMIT $3`,
    [contentId, artifactId, limit],
  );
  return rows;
}
