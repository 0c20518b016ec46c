import { EntryKind } from "#lib/model/layer.ts";
import { type Directory, type DirectoryChild, PLACED_LAYERS } from "./list-directory.ts";
import type { Queryable } from "./queryable.ts";

export interface LayerDirectoryRequest {
  readonly artifactId: number;
  /** Position of the layer, 0 for the lowest. */
  readonly layer: number;
  /** "" for the root. */
  readonly path: string;
  readonly limit: number;
  /** `image.owners`: one Int32 per layer entry, layers concatenated, bottom first. */
  readonly owners: Int32Array;
}

interface ChildRecord {
  name: string;
  byte_count: number;
  file_count: number;
  nested: boolean;
  kind: EntryKind | null;
  mode: number | null;
  target: string | null;
  ordinal: number | null;
  entry_row: number | null;
}

/**
 * The names in one layer of an image below a directory, visible or not, including whiteouts. The children, largest first; a
 * directory has the bytes and files of the layer under it.
 */
export async function listLayerDirectory(db: Queryable, request: LayerDirectoryRequest): Promise<Directory> {
  const { artifactId, layer, path, limit } = request;
  const { rows } = await db.query<ChildRecord>(
    `WITH ${PLACED_LAYERS}, below AS (
       SELECT e.*, CASE WHEN $3 = '' THEN e.dir ELSE substr(e.dir, length($3) + 2) END AS rest
       FROM placed p JOIN layer_entry e ON e.layer_id = p.layer_id
       WHERE p.position = $2 AND ($3 = '' OR e.dir = $3 OR starts_with(e.dir, $3 || '/'))
         AND NOT (e.dir = '' AND e.name = '') AND e.kind < ${EntryKind.reserved}
     ), children AS (
       SELECT CASE rest WHEN '' THEN name ELSE split_part(rest, '/', 1) END AS name, sum(byte_count) AS byte_count,
         (count(*) FILTER (WHERE kind IN (${EntryKind.file}, ${EntryKind.hardLink})))::int AS file_count, bool_or(rest <> '') AS nested,
         (array_agg(ordinal ORDER BY kind >= ${EntryKind.whiteout}, ordinal DESC) FILTER (WHERE rest = ''))[1] AS ordinal
       FROM below GROUP BY 1
     )
     SELECT c.name, c.byte_count, c.file_count, c.nested, e.kind, e.mode, e.target, c.ordinal, p.first_row + c.ordinal AS entry_row
     FROM children c JOIN placed p ON p.position = $2
     LEFT JOIN layer_entry e ON e.layer_id = p.layer_id AND e.ordinal = c.ordinal
     ORDER BY c.byte_count DESC, c.name`,
    [artifactId, layer, path],
  );
  const children = rows.map((row) => toChild(row, request));
  const byteCount = children.reduce((sum, child) => sum + child.byteCount, 0);
  return { path, children: children.slice(0, limit), childCount: children.length, byteCount };
}

function toChild(row: ChildRecord, { path, layer, owners }: LayerDirectoryRequest): DirectoryChild {
  const kind = row.nested ? EntryKind.directory : (row.kind ?? EntryKind.directory);
  const isDirectory = kind === EntryKind.directory;
  return {
    path: path === "" ? row.name : `${path}/${row.name}`,
    name: row.name,
    kind,
    byteCount: row.byte_count,
    fileCount: isDirectory ? row.file_count : 0,
    mode: row.mode ?? -1,
    target: row.target ?? "",
    layer,
    ordinal: row.ordinal ?? -1,
    owner: isDirectory || row.entry_row === null ? -1 : (owners[row.entry_row] ?? -1),
  };
}
