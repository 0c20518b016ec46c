import { GoneError } from "#lib/model/problem.ts";
import { toUnreachable } from "../unreachable.ts";
import type { Queryable } from "./queryable.ts";

/**
 * Runs what takes several queries about these artifacts. `rm` may come between two of them, and the rest then fails in some
 * way of its own: where one of the artifacts is not there any more, that is the reason. Throws a GoneError then.
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
