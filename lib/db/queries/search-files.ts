import { CURRENT_NAME } from "./current-name.ts";
import { type FilePattern, type ItemPath, listItemFilePaths, listLayerPaths } from "./list-file-paths.ts";
import type { Queryable } from "./queryable.ts";
import { type LayerPath, splitPath, VISIBLE_FILES, visibleArguments } from "./visible-files.ts";

/** A path at which containers of images, or users of a store, see a file. */
export interface FoundFile {
  /** With a leading slash. */
  readonly path: string;
  /** The store path of the item with the file; `null` in an image. */
  readonly item: string | null;
  /** Bytes of the largest. */
  readonly bytes: number;
  readonly artifactCount: number;
  /** Number of different contents. */
  readonly contentCount: number;
  /** The newest artifact that has it. */
  readonly artifactDigest: string;
  readonly artifactName: string;
  /** The store item with the file, in that artifact; `null` in an image. */
  readonly nodeIndex: number | null;
}

export interface FileSearch {
  /** The best match first. */
  readonly rows: readonly FoundFile[];
  /** More paths match. */
  readonly truncated: boolean;
}

/** Fewer letters begin too many names to mean one. */
const MIN_NAME_LENGTH = 3;

/**
 * Files of all artifacts by name, or by a path or the end of one, whose last part may be the beginning of a name. Whole names come
 * first. None for a text that ends with a slash, or has fewer than three characters and no slash.
 */
export async function searchFiles(db: Queryable, text: string, limit: number): Promise<FileSearch> {
  const pattern = parsePattern(text);
  if (pattern === undefined) return { rows: [], truncated: false };
  const [inLayers, inItems] = await Promise.all([
    listLayerPaths(db, pattern, limit),
    listItemFilePaths(db, pattern, limit),
  ]);
  const [files, items] = await Promise.all([
    countHolders(db, withWhole(pattern, inLayers.rows)),
    countItemHolders(db, inItems.rows),
  ]);
  const found = [...files, ...items].sort((a, b) => Number(isExact(b, pattern)) - Number(isExact(a, pattern)));
  return {
    rows: found.slice(0, limit),
    truncated: inLayers.truncated || inItems.truncated || found.length > limit,
  };
}

function parsePattern(text: string): FilePattern | undefined {
  const path = text.replace(/^\/+/, "");
  const { dir, name } = splitPath(path);
  if (name === "" || (name.length < MIN_NAME_LENGTH && !text.includes("/"))) return undefined;
  return { dir: path.includes("/") ? dir : undefined, name };
}

/** The paths, with the one that was typed in whole first: the search may have ended before it. */
function withWhole({ dir, name }: FilePattern, paths: readonly LayerPath[]): readonly LayerPath[] {
  if (dir === undefined) return paths;
  return [{ dir, name }, ...paths.filter((path) => path.dir !== dir || path.name !== name)];
}

function isExact({ path }: FoundFile, { name }: FilePattern): boolean {
  return splitPath(path).name === name;
}

async function countHolders(db: Queryable, paths: readonly LayerPath[]): Promise<FoundFile[]> {
  if (paths.length === 0) return [];
  const { rows } = await db.query<Omit<FoundFile, "path" | "item" | "nodeIndex"> & { number: number }>(
    `${VISIBLE_FILES}, counted AS (
       SELECT number, count(*) AS artifact_count, count(DISTINCT content) AS content_count, max(byte_count) AS bytes, max(artifact_id) AS newest
       FROM visible GROUP BY number
     )
     SELECT c.number, c.bytes, c.artifact_count AS "artifactCount", c.content_count AS "contentCount",
       'sha256:' || encode(a.digest, 'hex') AS "artifactDigest", ${CURRENT_NAME} AS "artifactName"
     FROM counted c JOIN artifact a ON a.id = c.newest ORDER BY c.number`,
    visibleArguments(paths),
  );
  return rows.map(({ number, ...row }) => ({ path: toPath(paths[number]!), item: null, nodeIndex: null, ...row }));
}

function toPath({ dir, name }: LayerPath): string {
  return dir === "" ? `/${name}` : `/${dir}/${name}`;
}

async function countItemHolders(db: Queryable, items: readonly ItemPath[]): Promise<FoundFile[]> {
  if (items.length === 0) return [];
  const { rows } = await db.query<FoundFile>(
    `SELECT i.identity || '/' || i.path AS path, i.identity AS item, f.byte_count AS bytes, n.artifact_count AS "artifactCount", 1 AS "contentCount",
       'sha256:' || encode(a.digest, 'hex') AS "artifactDigest", ${CURRENT_NAME} AS "artifactName", n.node_index AS "nodeIndex"
     FROM unnest($1::bigint[], $2::text[], $3::text[]) WITH ORDINALITY AS i(id, identity, path, number)
     CROSS JOIN LATERAL (SELECT max(byte_count) AS byte_count FROM store_file WHERE component_id = i.id AND path = i.path) f
     CROSS JOIN LATERAL (
       SELECT artifact_id, node_index, count(*) OVER () AS artifact_count FROM node
       WHERE component_id = i.id ORDER BY artifact_id DESC LIMIT 1
     ) n
     JOIN artifact a ON a.id = n.artifact_id ORDER BY i.number`,
    [items.map(({ componentId }) => componentId), items.map(({ identity }) => identity), items.map(({ path }) => path)],
  );
  return rows;
}
