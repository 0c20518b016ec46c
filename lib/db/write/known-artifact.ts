import type { Pool, PoolClient } from "pg";
import { digestBytes } from "#lib/model/digest.ts";
import type { Naming } from "#lib/model/naming.ts";
import type { NamedArtifact } from "#lib/model/snapshot.ts";
import { READER_VERSION } from "../engine-version.ts";
import { noteName } from "./note-name.ts";
import { withWriter } from "./transaction.ts";

/** A stored and named artifact. */
export interface NotedArtifact {
  readonly artifactId: number;
  readonly naming: Naming;
}

/**
 * Records that a known artifact was seen again under this name; `undefined` if it is not known, by its manifest alone, or as an
 * earlier version read it.
 */
export function touchArtifact(pool: Pool, named: NamedArtifact): Promise<NotedArtifact | undefined> {
  return withWriter(pool, (client) => noteKnownArtifact(client, named));
}

/** The same in a transaction. */
export async function noteKnownArtifact(client: PoolClient, named: NamedArtifact): Promise<NotedArtifact | undefined> {
  const { rows } = await client.query<{ id: number }>(
    `SELECT a.id FROM artifact a LEFT JOIN image i ON i.artifact_id = a.id
     WHERE a.digest = $1 AND (i.artifact_id IS NULL OR (i.rootfs_size IS NOT NULL AND i.reader_version >= $2))`,
    [digestBytes(named.digest), READER_VERSION],
  );
  const id = rows[0]?.id;
  return id === undefined ? undefined : { artifactId: id, naming: await noteName(client, id, named) };
}
