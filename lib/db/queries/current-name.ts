import { ID_DIGITS } from "#lib/model/artifact-id.ts";

/**
 * SQL: what to call artifact `a`: of the names that mean it now the one seen last; its id where none does. A name that has
 * come to mean another artifact is no name of this one any more (docs/decisions/0024).
 */
export const CURRENT_NAME = `coalesce(
  (SELECT m.name FROM artifact_name m WHERE m.artifact_id = a.id AND m.moved_at IS NULL ORDER BY m.seen_at DESC, m.name LIMIT 1),
  left(encode(a.digest, 'hex'), ${ID_DIGITS}))`;
