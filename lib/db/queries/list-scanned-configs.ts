import { type Digest, digestBytes } from "#lib/model/digest.ts";
import type { Queryable } from "./queryable.ts";

/** Those of the config digests of which an image is stored with its layers. */
export async function listScannedConfigs(db: Queryable, digests: readonly Digest[]): Promise<Set<string>> {
  const { rows } = await db.query<{ digest: string }>(
    `SELECT DISTINCT 'sha256:' || encode(config_digest, 'hex') AS digest FROM image
     WHERE config_digest = ANY($1::bytea[]) AND rootfs_size IS NOT NULL`,
    [digests.map(digestBytes)],
  );
  return new Set(rows.map(({ digest }) => digest));
}
