import { EntryKind } from "#lib/model/layer.ts";
import { fileKey, keyRange, lowerAscii, STORE_FILE_NAME } from "./file-key.ts";
import type { Queryable } from "./queryable.ts";
import type { LayerPath } from "./visible-files.ts";

/** What a typed path asks for: files whose name begins with `name`, in directories that are `dir` or end with it. */
export interface FilePattern {
  /** `undefined`: in any. */
  readonly dir: string | undefined;
  readonly name: string;
}

export interface PathList<Path> {
  readonly rows: readonly Path[];
  /** The search ended before the last match. */
  readonly truncated: boolean;
}

/** Different paths looked at, however many layers have each. */
const MAX_STEPS = 1000;

const KEY = fileKey("e.name");
const STEP = `${KEY} AS key, hashtext(e.dir) AS dir_hash, e.kind, e.dir, e.name`;
const ORDER = `${KEY}, hashtext(e.dir), e.kind LIMIT 1`;

/**
 * Paths in layers that match: the first `limit` by name, those with the whole name first. Leaps from path to path in the index of names,
 * so that a file of every layer is looked at once.
 */
export async function listLayerPaths(
  db: Queryable,
  { dir, name }: FilePattern,
  limit: number,
): Promise<PathList<LayerPath>> {
  const { rows } = await db.query<{ dirs: string[]; names: string[]; steps: number }>(
    `WITH RECURSIVE step AS (
       (SELECT ${STEP}, 1 AS number FROM layer_entry e WHERE ${KEY} >= $1 AND ${KEY} < $2 ORDER BY ${ORDER})
       UNION ALL SELECT n.*, s.number + 1 FROM step s CROSS JOIN LATERAL (
         SELECT ${STEP} FROM layer_entry e
         WHERE (${KEY}, hashtext(e.dir), e.kind) > (s.key, s.dir_hash, s.kind) AND ${KEY} < $2 ORDER BY ${ORDER}
       ) n WHERE s.number < ${MAX_STEPS}
     ), matching AS (
       SELECT dir, name FROM step WHERE kind <> ${EntryKind.directory} AND kind < ${EntryKind.whiteout}
         AND starts_with(lower(name COLLATE "C"), $3) AND ($4::text IS NULL OR right('/' || lower(dir COLLATE "C"), length($4) + 1) = '/' || $4)
       GROUP BY dir, name ORDER BY length(name) <> length($3), substr(name, length($3) + 1, 1) ~ '[[:alnum:]]', length(name), length(dir), dir, name LIMIT $5
     )
     SELECT coalesce(array_agg(dir), '{}') AS dirs, coalesce(array_agg(name), '{}') AS names, (SELECT count(*) FROM step) AS steps FROM matching`,
    [...keyRange(name), lowerAscii(name), dir === undefined ? null : lowerAscii(dir), limit + 1],
  );
  const { dirs, names, steps } = rows[0]!;
  const paths = dirs.map((each, i) => ({ dir: each, name: names[i]! }));
  return { rows: paths.slice(0, limit), truncated: paths.length > limit || steps === MAX_STEPS };
}

/** A file of a store item. */
export interface ItemPath {
  readonly componentId: number;
  /** The item's store path. */
  readonly identity: string;
  readonly path: string;
}

/** Paths of store items' files that match: the first `limit` by name, those with the whole name first. */
export async function listItemFilePaths(
  db: Queryable,
  { dir, name }: FilePattern,
  limit: number,
): Promise<PathList<ItemPath>> {
  const key = fileKey(STORE_FILE_NAME);
  const { rows } = await db.query<ItemPath & { steps: number }>(
    `WITH step AS MATERIALIZED (
       SELECT f.component_id, f.path, ${STORE_FILE_NAME} AS name FROM store_file f
       WHERE f.kind <> ${EntryKind.directory} AND ${key} >= $1 AND ${key} < $2 ORDER BY ${key} LIMIT ${MAX_STEPS}
     ), placed AS (
       SELECT s.component_id, c.identity, s.path, s.name, lower(left(c.identity || '/' || s.path, -1 - length(s.name)) COLLATE "C") AS dir
       FROM step s JOIN component c ON c.id = s.component_id
     )
     SELECT component_id AS "componentId", identity, path, (SELECT count(*) FROM step) AS steps FROM placed
     WHERE starts_with(lower(name COLLATE "C"), $3) AND ($4::text IS NULL OR right(dir, length($4) + 1) = '/' || $4)
     ORDER BY length(name) <> length($3), length(name), length(path), path, identity LIMIT $5`,
    [...keyRange(name), lowerAscii(name), dir === undefined ? null : lowerAscii(dir), limit + 1],
  );
  const items = rows.slice(0, limit).map(({ steps: _, ...item }) => item);
  return { rows: items, truncated: rows.length > limit || rows[0]?.steps === MAX_STEPS };
}
