import { EntryKind } from "#lib/model/layer.ts";
import type { Queryable } from "./queryable.ts";

/** One name in a directory of an image's squashed tree. */
export interface DirectoryChild {
  readonly path: string;
  readonly name: string;
  readonly kind: EntryKind;
  /** Files: bytes of the body (0 for a further name of the same body). Directories: everything under them. */
  readonly byteCount: number;
  /** Directories: files under them; else 0. */
  readonly fileCount: number;
  /** Permission bits; -1 for a directory without an entry in any layer. */
  readonly mode: number;
  /** A symlink's or hard link's target, else "". */
  readonly target: string;
  /** Layer position and entry ordinal of the name; -1 if no entry made it. */
  readonly layer: number;
  readonly ordinal: number;
  /** Component that owns it; -1 for directories. */
  readonly owner: number;
}

/** The children of one directory, largest first, up to the limit. */
export interface Directory {
  readonly path: string;
  readonly children: readonly DirectoryChild[];
  readonly childCount: number;
  readonly byteCount: number;
}

/** An entry, with its row among all entries of the image. */
interface EntryRecord extends Omit<DirectoryChild, "path" | "fileCount" | "owner"> {
  readonly dir: string;
  readonly row: number;
}

interface SumRecord {
  readonly dir: string;
  readonly name: string;
  readonly byteCount: number;
  readonly fileCount: number;
}

export interface DirectoryRequest {
  readonly artifactId: number;
  /** "" for the root. */
  readonly paths: readonly string[];
  /** Children per directory. */
  readonly limit: number;
  /** `image.owners`: one Int32 per layer entry, layers concatenated, bottom first. */
  readonly owners: Int32Array;
}

/** The names that containers see in these directories of an image, in the order asked for. */
export async function listDirectories(db: Queryable, request: DirectoryRequest): Promise<Directory[]> {
  const [entries, sums] = await Promise.all([readEntries(db, request), readSums(db, request)]);
  return request.paths.map((path) => buildDirectory(path, entries, sums, request));
}

/**
 * The indexes contain hashes of the paths in $2, because a path may be too long for an index. Comparing `dir` itself resolves
 * equal hashes.
 */
const HASHES = "ARRAY(SELECT hashtext(path) FROM unnest($2::text[]) AS path)";

/** The layers of image $1, with the row of their first entry among all entries of the image. */
export const PLACED_LAYERS = `placed AS (
  SELECT p.layer_id, p.position, sum(l.entry_count) OVER (ORDER BY p.position) - l.entry_count AS first_row
  FROM image_layer p JOIN layer l ON l.id = p.layer_id WHERE p.artifact_id = $1
)`;

async function readEntries(db: Queryable, { artifactId, paths }: DirectoryRequest): Promise<EntryRecord[]> {
  const { rows } = await db.query<EntryRecord>(
    `WITH ${PLACED_LAYERS}
     SELECT e.dir, e.name, e.kind, e.mode, e.byte_count AS "byteCount", coalesce(e.target, '') AS target, p.position AS layer,
       e.ordinal, p.first_row + e.ordinal AS row
     FROM placed p JOIN layer_entry e ON e.layer_id = p.layer_id AND hashtext(e.dir) = ANY(${HASHES})
     WHERE e.dir = ANY($2) AND NOT (e.dir = '' AND e.name = '') AND e.kind < ${EntryKind.whiteout}
     ORDER BY p.position DESC, e.ordinal DESC`,
    [artifactId, paths],
  );
  return rows;
}

async function readSums(db: Queryable, { artifactId, paths }: DirectoryRequest): Promise<SumRecord[]> {
  const { rows } = await db.query<SumRecord>(
    `SELECT dir, name, byte_count AS "byteCount", file_count AS "fileCount" FROM image_directory
     WHERE artifact_id = $1 AND hashtext(dir) = ANY(${HASHES}) AND dir = ANY($2) AND name <> ''`,
    [artifactId, paths],
  );
  return rows;
}

function buildDirectory(
  path: string,
  entries: readonly EntryRecord[],
  sums: readonly SumRecord[],
  request: DirectoryRequest,
): Directory {
  const children = new Map<string, DirectoryChild>();
  const entryOfDirectory = new Map<string, EntryRecord>();
  for (const entry of entries) {
    if (entry.dir !== path) continue;
    if (entry.kind === EntryKind.directory) {
      // Upper layers come first, and a directory's upper entry sets its mode (image-spec layer.md#applying-changesets).
      if (!entryOfDirectory.has(entry.name)) entryOfDirectory.set(entry.name, entry);
    } else if (!children.has(entry.name)) {
      const owner = request.owners[entry.row] ?? -1;
      if (owner >= 0) children.set(entry.name, toFile(entry, owner));
    }
  }
  for (const sum of sums) {
    if (sum.dir === path) children.set(sum.name, toDirectory(sum, entryOfDirectory.get(sum.name)));
  }
  const sorted = [...children.values()].sort((a, b) => b.byteCount - a.byteCount || (a.name < b.name ? -1 : 1));
  const byteCount = sorted.reduce((sum, child) => sum + child.byteCount, 0);
  return { path, children: sorted.slice(0, request.limit), childCount: sorted.length, byteCount };
}

function toFile({ dir, row: _, ...entry }: EntryRecord, owner: number): DirectoryChild {
  return { ...entry, path: joinPath(dir, entry.name), fileCount: 0, owner };
}

function toDirectory({ dir, ...sum }: SumRecord, entry: EntryRecord | undefined): DirectoryChild {
  return {
    ...sum,
    path: joinPath(dir, sum.name),
    kind: EntryKind.directory,
    mode: entry?.mode ?? -1,
    target: "",
    layer: entry?.layer ?? -1,
    ordinal: entry?.ordinal ?? -1,
    owner: -1,
  };
}

function joinPath(dir: string, name: string): string {
  return dir === "" ? name : `${dir}/${name}`;
}
