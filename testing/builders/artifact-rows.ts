import { createHash } from "node:crypto";
import type { Queryable } from "#lib/db/queries/queryable.ts";
import type { ArtifactKind } from "#lib/model/artifact-label.ts";

const sha256 = (text: string) => createHash("sha256").update(text).digest();

/** Rows of one artifact without contents, for tests of queries that read rows. Its digest is the SHA-256 of `key`. */
export async function insertArtifact(db: Queryable, key: string, kind: ArtifactKind = "image"): Promise<number> {
  const { rows } = await db.query<{ id: number }>(
    `INSERT INTO artifact (kind, digest, node_count, edge_count, engine_version) VALUES ($1, $2, 0, 0, 1) RETURNING id`,
    [kind, sha256(key)],
  );
  return rows[0]!.id;
}

/** A name for an artifact, as if seen this many seconds after another. It moves away from any other artifact. */
export async function insertName(db: Queryable, artifactId: number, name: string, second = 0): Promise<void> {
  await db.query(
    "UPDATE artifact_name SET moved_at = to_timestamp(1700000000 + $2) WHERE name = $1 AND moved_at IS NULL",
    [name, second],
  );
  await db.query(
    `INSERT INTO artifact_name (artifact_id, name, source, since_at, seen_at)
     VALUES ($1, $2, 'oci:somewhere', to_timestamp(1700000000 + $3), to_timestamp(1700000000 + $3))`,
    [artifactId, name, second],
  );
}

export interface EntryRow {
  readonly path: string;
  readonly kind?: number;
  readonly bytes?: number;
  readonly target?: string;
}

/** A layer with these entries, placed in an image above its other layers. */
export async function insertLayer(
  db: Queryable,
  artifactId: number,
  position: number,
  entries: readonly EntryRow[],
): Promise<void> {
  const digest = sha256(`layer ${artifactId} ${position}`);
  const { rows } = await db.query<{ id: number }>(
    `INSERT INTO layer (diff_id, tar_size, content_size, entry_count) VALUES ($1, 0, 0, $2) RETURNING id`,
    [digest, entries.length],
  );
  await db.query(
    `INSERT INTO image_layer (artifact_id, position, layer_id, chain_id, blob_digest, download_size, media_type, created_by)
     VALUES ($1, $2, $3, $4, $4, 0, '', '')`,
    [artifactId, position, rows[0]!.id, digest],
  );
  for (const [ordinal, { path, kind = 0, bytes = 0, target = null }] of entries.entries()) {
    const slash = path.lastIndexOf("/");
    await db.query(
      `INSERT INTO layer_entry (layer_id, ordinal, dir, name, kind, mode, uid, gid, byte_count, mtime, target)
       VALUES ($1, $2, $3, $4, $5, 420, 0, 0, $6, 0, $7)`,
      [rows[0]!.id, ordinal, slash < 0 ? "" : path.slice(0, slash), path.slice(slash + 1), kind, bytes, target],
    );
  }
}

/** A directory of an image's squashed tree, with its sums. */
export async function insertDirectory(
  db: Queryable,
  artifactId: number,
  path: string,
  bytes: number,
  files: number,
): Promise<void> {
  const slash = path.lastIndexOf("/");
  await db.query(
    `INSERT INTO image_directory (artifact_id, ordinal, dir, name, byte_count, file_count)
     VALUES ($1, (SELECT count(*) FROM image_directory WHERE artifact_id = $1), $2, $3, $4, $5)`,
    [artifactId, slash < 0 ? "" : path.slice(0, slash), path.slice(slash + 1), bytes, files],
  );
}

/** A component as a node of an artifact, without sizes. */
export async function insertNode(
  db: Queryable,
  artifactId: number,
  nodeIndex: number,
  { identity, kind, name }: { readonly identity: string; readonly kind: string; readonly name: string },
): Promise<void> {
  const { rows } = await db.query<{ id: string }>(
    "INSERT INTO component (identity, kind, name, version) VALUES ($1, $2, $3, '') RETURNING id",
    [identity, kind, name],
  );
  await db.query(
    `INSERT INTO node (artifact_id, node_index, component_id, instance_path, self_size, closure_size, retained_size,
       reference_count, referrer_count, live, root) VALUES ($1, $2, $3, '', 0, 0, 0, 0, 0, true, false)`,
    [artifactId, nodeIndex, rows[0]!.id],
  );
}
