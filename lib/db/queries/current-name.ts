import { ID_DIGITS } from "#lib/model/artifact-id.ts";

/**
 * SQL: the display name of artifact `a`: the last seen of its current names, or its id if it has none. A name that has moved to
 * another artifact is no longer a name of this one (docs/decisions/0024).
 */
export const CURRENT_NAME = `coalesce(
  (SELECT m.name FROM artifact_name m WHERE m.artifact_id = a.id AND m.moved_at IS NULL ORDER BY m.seen_at DESC, m.name LIMIT 1),
  left(encode(a.digest, 'hex'), ${ID_DIGITS}))`;
