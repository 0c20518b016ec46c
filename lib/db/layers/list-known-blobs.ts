import { type Digest, digestBytes } from "#lib/model/digest.ts";
import { READER_VERSION } from "../engine-version.ts";
import type { Queryable } from "../queries/queryable.ts";

/** Those of the blobs whose layers this version read: a scan does not fetch them again. */
export async function listKnownBlobs(db: Queryable, digests: readonly Digest[]): Promise<Set<string>> {
  const { rows } = await db.query<{ digest: string }>(
    `SELECT 'sha256:' || encode(blob.digest, 'hex') AS digest FROM blob JOIN layer ON layer.id = blob.layer_id
     WHERE blob.digest = ANY($1::bytea[]) AND entry_count IS NOT NULL AND reader_version >= $2`,
    [digests.map(digestBytes), READER_VERSION],
  );
  return new Set(rows.map(({ digest }) => digest));
}
