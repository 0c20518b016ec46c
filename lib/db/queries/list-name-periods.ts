import type { ArtifactNamePeriod } from "#lib/model/name-version.ts";
import type { Queryable } from "./queryable.ts";

/** The names that an artifact has or had: current ones first, the last seen first. */
export async function listNamePeriods(db: Queryable, artifactId: number): Promise<ArtifactNamePeriod[]> {
  const { rows } = await db.query<ArtifactNamePeriod>(
    `SELECT n.name, n.source, round(extract(epoch FROM n.since_at) * 1000) AS since,
       round(extract(epoch FROM n.seen_at) * 1000) AS "seenAt", round(extract(epoch FROM n.moved_at) * 1000) AS until,
       'sha256:' || encode(b.digest, 'hex') AS "refersTo"
     FROM artifact_name n
     LEFT JOIN artifact_name m ON m.name = n.name AND m.moved_at IS NULL
     LEFT JOIN artifact b ON b.id = m.artifact_id
     WHERE n.artifact_id = $1 ORDER BY n.moved_at IS NOT NULL, n.seen_at DESC, n.name, n.id DESC`,
    [artifactId],
  );
  return rows;
}
