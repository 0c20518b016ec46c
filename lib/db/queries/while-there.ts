import { GoneError } from "#lib/model/problem.ts";
import { toUnreachable } from "../unreachable.ts";
import type { Queryable } from "./queryable.ts";

/**
 * Runs several queries about these artifacts. `rm` may run between two of them and make the rest fail in some other way. Throws a
 * GoneError if an artifact is gone after a failure.
 */
export async function whileThere<T>(
  db: Queryable,
  artifacts: readonly { readonly id: number }[],
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    // A database that has just failed is not asked: it would take as long to fail again.
    if (toUnreachable(error) !== undefined || (await areThere(db, artifacts))) throw error;
    throw new GoneError({ cause: error });
  }
}

async function areThere(db: Queryable, artifacts: readonly { readonly id: number }[]): Promise<boolean> {
  const ids = [...new Set(artifacts.map(({ id }) => id))];
  const { rows } = await db.query<{ id: number }>("SELECT id FROM artifact WHERE id = ANY($1)", [ids]);
  return rows.length === ids.length;
}
