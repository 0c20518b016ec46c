import { listSboms } from "#lib/db/queries/list-sboms.ts";
import type { Queryable } from "#lib/db/queries/queryable.ts";
import { SizelessError } from "#lib/model/problem.ts";

/** Throws a SizelessError if an artifact is an SBOM: for questions about bytes and files, which it does not state. */
export async function checkSized(db: Queryable, artifacts: readonly { readonly id: number }[]): Promise<void> {
  const ids = artifacts.map(({ id }) => id);
  const [first] = await listSboms(db, ids);
  if (first !== undefined) throw new SizelessError(first.name);
}
