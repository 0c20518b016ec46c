import { EntryKind } from "#lib/model/layer.ts";
import { PLACED_LAYERS } from "./list-directory.ts";
import type { Queryable } from "./queryable.ts";

/** An entry at one of some paths of an image. */
export interface PathEntry {
  readonly path: string;
  readonly layer: number;
  readonly diffId: string;
  readonly ordinal: number;
  /** Its row among all entries of the image. */
  readonly row: number;
  readonly kind: EntryKind;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly mtime: number;
  readonly byteCount: number;
  readonly target: string;
  /** -1 and "" without a body. */
  readonly contentId: number;
  readonly digest: string;
}

/** All entries at these paths in all layers of an image, whiteouts included, lowest layer first, in tar order. */
export async function listPathEntries(
  db: Queryable,
  artifactId: number,
  paths: readonly string[],
): Promise<PathEntry[]> {
  const slashes = paths.map((path) => path.lastIndexOf("/"));
  const directories = paths.map((path, i) => path.slice(0, Math.max(0, slashes[i]!)));
  const names = paths.map((path, i) => path.slice(slashes[i]! + 1));
  const { rows } = await db.query<PathEntry>(
    `WITH ${PLACED_LAYERS}
     SELECT CASE e.dir WHEN '' THEN e.name ELSE e.dir || '/' || e.name END AS path, p.position AS layer,
       'sha256:' || encode(l.diff_id, 'hex') AS "diffId", e.ordinal, p.first_row + e.ordinal AS row, e.kind, e.mode, e.uid, e.gid,
       e.mtime, e.byte_count AS "byteCount", coalesce(e.target, '') AS target, coalesce(e.content_id, -1) AS "contentId",
       coalesce('sha256:' || encode(c.sha256, 'hex'), '') AS digest
     FROM placed p JOIN layer l ON l.id = p.layer_id
     JOIN layer_entry e ON e.layer_id = p.layer_id
       AND hashtext(e.dir) = ANY(ARRAY(SELECT hashtext(dir) FROM unnest($2::text[]) AS dir))
     JOIN unnest($2::text[], $3::text[]) AS asked(dir, name) ON asked.dir = e.dir AND asked.name = e.name
     LEFT JOIN content c ON c.id = e.content_id
     WHERE e.kind < ${EntryKind.reserved} ORDER BY p.position, e.ordinal`,
    [artifactId, directories, names],
  );
  return rows;
}
