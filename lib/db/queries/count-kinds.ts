import type { ComponentKind } from "#lib/model/component.ts";
import type { Queryable } from "./queryable.ts";

/** Number of components of one kind in an artifact, and the sum of their self sizes in bytes. */
export interface KindCount {
  readonly kind: ComponentKind;
  readonly count: number;
  readonly selfSize: number;
}

/** The kinds of one artifact's components, the largest first. Self sizes add up to the artifact's size exactly. */
export async function countKinds(db: Queryable, artifactId: number): Promise<KindCount[]> {
  const { rows } = await db.query<KindCount>(
    `SELECT c.kind, count(*)::int AS count, sum(n.self_size) AS "selfSize"
     FROM node n JOIN component c ON c.id = n.component_id WHERE n.artifact_id = $1
     GROUP BY c.kind ORDER BY sum(n.self_size) DESC, c.kind`,
    [artifactId],
  );
  return rows;
}
