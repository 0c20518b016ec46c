import type { ArtifactKind } from "#lib/model/artifact-label.ts";
import { containsPattern, type Queryable } from "./queryable.ts";

/** An artifact by one of its current names. */
export interface FoundName {
  readonly digest: string;
  readonly name: string;
  readonly kind: ArtifactKind;
  /** Bytes: the layers' content or the closure; `null` if only the manifest is known, and for an SBOM. */
  readonly bytes: number | null;
}

/**
 * Artifacts with a current name that contains the text, each once. Best match first: the name itself, then names that begin with
 * the text, then names with a word that does, then the rest; shorter names first.
 */
export async function searchArtifacts(db: Queryable, text: string, limit: number): Promise<FoundName[]> {
  const { rows } = await db.query<FoundName>(
    `WITH matching AS (
       SELECT n.artifact_id, n.name, lower(n.name) AS lowered, strpos(lower(n.name), lower($1)) AS place
       FROM artifact_name n
       WHERE n.name ILIKE $2 AND n.moved_at IS NULL
     ), ranked AS (
       SELECT artifact_id, name, CASE
         WHEN lowered = lower($1) THEN 0
         WHEN place = 1 THEN 1
         WHEN substr(lowered, place - 1, 1) ~ '[^[:alnum:]]' THEN 2
         ELSE 3 END AS rank
       FROM matching
     ), best AS (
       SELECT DISTINCT ON (artifact_id) * FROM ranked ORDER BY artifact_id, rank, length(name), name
     )
     SELECT 'sha256:' || encode(a.digest, 'hex') AS digest, b.name, a.kind,
       coalesce(i.layers_content_size, c.closure_size) AS bytes
     FROM best b JOIN artifact a ON a.id = b.artifact_id
     LEFT JOIN image i ON i.artifact_id = a.id LEFT JOIN closure c ON c.artifact_id = a.id
     ORDER BY b.rank, length(b.name), b.name, a.id DESC LIMIT $3`,
    [text, containsPattern(text), limit],
  );
  return rows;
}
