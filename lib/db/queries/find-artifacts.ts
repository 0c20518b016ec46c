import { UsageError } from "#lib/model/problem.ts";
import { CURRENT_NAME } from "./current-name.ts";
import { type FoundArtifact, findArtifact } from "./find-artifact.ts";
import { isPattern, namePattern, type Queryable } from "./queryable.ts";

/**
 * The artifacts that one argument of a set names: all with a matching name if it is a pattern (`api-*`), otherwise the one with
 * that name. Throws a UsageError if it matches none, or if a name is ambiguous.
 */
export async function findArtifacts(db: Queryable, text: string): Promise<FoundArtifact[]> {
  if (!isPattern(text)) return [await findArtifact(db, text)];
  const found = await matchArtifacts(db, text);
  if (found.length === 0) throw new UsageError(`no name matches ${text}`);
  return found;
}

/** `app:1.2` is before `app:1.10`: a pattern may name the successive versions of an image. */
const BY_NUMBER = new Intl.Collator("en", { numeric: true });

/** Artifacts with a name that matches the pattern, ordered by display name. */
async function matchArtifacts(db: Queryable, pattern: string): Promise<FoundArtifact[]> {
  const { rows } = await db.query<FoundArtifact>(
    `SELECT a.id, 'sha256:' || encode(a.digest, 'hex') AS digest, n.name
     FROM artifact a CROSS JOIN LATERAL (SELECT ${CURRENT_NAME} AS name) n
     WHERE EXISTS (SELECT FROM artifact_name m WHERE m.artifact_id = a.id AND m.moved_at IS NULL AND m.name ILIKE $1)
     ORDER BY a.id`,
    [namePattern(pattern)],
  );
  return rows.sort((a, b) => BY_NUMBER.compare(a.name, b.name));
}
