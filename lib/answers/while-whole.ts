import { listManifestOnly } from "#lib/db/queries/list-manifest-only.ts";
import type { Queryable } from "#lib/db/queries/queryable.ts";
import { whileThere } from "#lib/db/queries/while-there.ts";
import { ManifestOnlyError } from "#lib/model/problem.ts";

/**
 * The same as `whileThere` for questions about files and components. Throws a ManifestOnlyError if an artifact is an image whose
 * layers were never read.
 */
export async function whileWhole<T>(
  db: Queryable,
  artifacts: readonly { readonly id: number }[],
  work: () => Promise<T>,
): Promise<T> {
  const ids = [...new Set(artifacts.map(({ id }) => id))];
  const [first] = await listManifestOnly(db, ids);
  if (first !== undefined) throw new ManifestOnlyError(first.name ?? `artifact ${first.id}`, first.source ?? "SOURCE");
  return whileThere(db, artifacts, work);
}
