import { EntryKind } from "#lib/model/layer.ts";
import { CURRENT_NAME } from "./current-name.ts";
import type { Queryable } from "./queryable.ts";

/** A file that containers of the image see. */
export interface FoundFile {
  /** As in the image, without a leading slash. */
  readonly path: string;
  readonly bytes: number;
  readonly artifactDigest: string;
  readonly artifactName: string;
}

export interface FileSearch {
  /** The newest images first. */
  readonly rows: readonly FoundFile[];
  /** More images have it, now or in a lower layer. */
  readonly truncated: boolean;
}

/** Maximum number of copies examined, visible or hidden, each from one image. */
const MAX_COPIES = 200;

/**
 * Images with a file at this whole path, with or without the leading slash; nothing if the text has no slash. Searches the
 * directory index of every layer, so the time grows with the number of layers.
 */
export async function searchFiles(db: Queryable, text: string, limit: number): Promise<FileSearch> {
  const path = text.replace(/^\/+/, "");
  const slash = path.lastIndexOf("/");
  if (!text.includes("/") || path === "" || path.endsWith("/")) return { rows: [], truncated: false };
  const [dir, name] = slash === -1 ? ["", path] : [path.slice(0, slash), path.slice(slash + 1)];
  const { rows } = await db.query<Omit<FoundFile, "path">>(
    `WITH copy AS MATERIALIZED (
       SELECT p.artifact_id, p.position, e.ordinal, e.byte_count FROM layer l
       CROSS JOIN LATERAL (
         SELECT ordinal, byte_count FROM layer_entry
         WHERE layer_id = l.id AND hashtext(dir) = hashtext($1) AND dir = $1 AND name = $2 AND kind < ${EntryKind.whiteout}
         ORDER BY ordinal DESC LIMIT 1
       ) e
       JOIN image_layer p ON p.layer_id = l.id ORDER BY p.artifact_id DESC, p.position DESC LIMIT ${MAX_COPIES}
     ), placed AS (
       SELECT c.*, c.ordinal + (
         SELECT coalesce(sum(l.entry_count), 0) FROM image_layer p JOIN layer l ON l.id = p.layer_id
         WHERE p.artifact_id = c.artifact_id AND p.position < c.position
       ) AS entry_row FROM copy c
     )
     SELECT p.byte_count AS bytes, 'sha256:' || encode(a.digest, 'hex') AS "artifactDigest", ${CURRENT_NAME} AS "artifactName"
     FROM placed p JOIN image i ON i.artifact_id = p.artifact_id JOIN artifact a ON a.id = p.artifact_id
     -- Owner -1, the same bytes in either byte order: an upper layer hides the entry.
     WHERE substring(i.owners FROM (4 * p.entry_row + 1)::int FOR 4) <> '\\xffffffff'
     ORDER BY a.id DESC LIMIT $3`,
    [dir, name, limit + 1],
  );
  return { rows: rows.slice(0, limit).map((row) => ({ path, ...row })), truncated: rows.length > limit };
}
