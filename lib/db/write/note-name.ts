import type { PoolClient } from "pg";
import { type Digest, digestOf } from "#lib/model/digest.ts";
import type { Naming } from "#lib/model/naming.ts";
import { toStorable } from "./storable-text.ts";

/** A name from a scan, and the source it was scanned from. */
interface GivenName {
  readonly name: string;
  readonly source: string;
}

/**
 * Makes a name mean this artifact. There is one row per artifact and name; the row of another artifact stays and is marked as
 * moved. The only writer guarantees this: a name may be too long for a unique index.
 */
export async function noteName(client: PoolClient, artifactId: number, { name, source }: GivenName): Promise<Naming> {
  const movedFrom = await moveOn(client, artifactId, toStorable(name));
  const values = [artifactId, toStorable(name), toStorable(source)];
  // A name of this artifact that moved away and comes back counts as an added name, too.
  const { rows } = await client.query<{ came_back: boolean }>(
    `UPDATE artifact_name AS now SET source = $3, seen_at = clock_timestamp(), moved_at = NULL FROM artifact_name AS before
     WHERE now.artifact_id = $1 AND now.name = $2 AND before.id = now.id RETURNING before.moved_at IS NOT NULL AS came_back`,
    values,
  );
  if (rows[0] !== undefined) return { added: rows[0].came_back, movedFrom };
  await client.query(
    "INSERT INTO artifact_name (artifact_id, name, source, seen_at) VALUES ($1, $2, $3, clock_timestamp())",
    values,
  );
  return { added: true, movedFrom };
}

/** Takes the name from its current artifact, unless that is this one. */
async function moveOn(client: PoolClient, artifactId: number, name: string): Promise<Digest | undefined> {
  const { rows } = await client.query<{ digest: Buffer }>(
    `UPDATE artifact_name AS moved SET moved_at = clock_timestamp() FROM artifact AS a
     WHERE moved.name = $2 AND moved.artifact_id <> $1 AND moved.moved_at IS NULL AND a.id = moved.artifact_id RETURNING a.digest`,
    [artifactId, name],
  );
  return rows[0] === undefined ? undefined : digestOf(rows[0].digest);
}
