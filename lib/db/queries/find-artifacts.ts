import { UsageError } from "#lib/model/problem.ts";
import { CURRENT_NAME } from "./current-name.ts";
import { type FoundArtifact, findArtifact } from "./find-artifact.ts";
import { isPattern, namePattern, type Queryable } from "./queryable.ts";

/**
 * The artifacts that one word means where a set is asked for: all with a name that fits, where it is a pattern (`api-*`); else
 * the one that it names. Throws a UsageError where it means none, or where a name may mean several.
 */
export async function findArtifacts(db: Queryable, text: string): Promise<FoundArtifact[]> {
  if (!isPattern(text)) return [await findArtifact(db, text)];
  const found = await matchArtifacts(db, text);
  if (found.length === 0) throw new UsageError(`no name here fits ${text}`);
  return found;
}

/** Artifacts with a name that fits the pattern, in the order of what they are called. */
async function matchArtifacts(db: Queryable, pattern: string): Promise<FoundArtifact[]> {
  const { rows } = await db.query<FoundArtifact>(
    `SELECT a.id, 'sha256:' || encode(a.digest, 'hex') AS digest, n.name
     FROM artifact a CROSS JOIN LATERAL (SELECT ${CURRENT_NAME} AS name) n
     WHERE EXISTS (SELECT FROM artifact_name m WHERE m.artifact_id = a.id AND m.moved_at IS NULL AND m.name ILIKE $1)
     ORDER BY lower(n.name), a.id`,
    [namePattern(pattern)],
  );
  return rows;
}
