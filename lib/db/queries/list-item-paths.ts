import type { Queryable } from "./queryable.ts";

/** A file of a store item (a component id) by its content (a content id). */
export interface ItemContent {
  readonly componentId: number;
  readonly contentId: number;
}

/**
 * The paths of these contents inside their items, in the given order. If a content has several paths, the first one; "" if it has
 * none, or is the item itself.
 */
export async function listItemPaths(db: Queryable, contents: readonly ItemContent[]): Promise<string[]> {
  if (contents.length === 0) return [];
  const { rows } = await db.query<{ path: string }>(
    `SELECT coalesce(min(f.path), '') AS path
     FROM unnest($1::bigint[], $2::bigint[]) WITH ORDINALITY AS p(component_id, content_id, row)
     LEFT JOIN store_file f ON f.component_id = p.component_id AND f.content_id = p.content_id GROUP BY p.row ORDER BY p.row`,
    [contents.map(({ componentId }) => componentId), contents.map(({ contentId }) => contentId)],
  );
  return rows.map(({ path }) => path);
}
