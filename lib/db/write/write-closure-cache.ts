import type { PoolClient } from "pg";
import type { CacheFacts } from "#lib/model/cache-facts.ts";
import { sumKnown } from "#lib/model/sum-known.ts";
import { toStorable, toStorableJson } from "./storable-text.ts";

/**
 * Stores what a binary cache says of a closure's items, in place of what the last one said. Signatures stay those of the last scan
 * with keys: the closure has the same paths, hashes and references, so what they prove does not change.
 */
export async function writeClosureCache(client: PoolClient, artifactId: number, facts: CacheFacts): Promise<void> {
  const { fileSizes, keyNames, check, checks } = facts;
  await client.query(
    `INSERT INTO closure_cache (artifact_id, file_sizes, download_size, key_names, "check", checks, stamp)
     VALUES ($1, $2, $3, $4, $5, $6, nextval(pg_get_serial_sequence('packed_item', 'stamp')))
     ON CONFLICT (artifact_id) DO UPDATE SET file_sizes = $2, download_size = $3, stamp = EXCLUDED.stamp,
       key_names = CASE WHEN $7 THEN EXCLUDED.key_names ELSE closure_cache.key_names END,
       "check" = CASE WHEN $7 THEN EXCLUDED."check" ELSE closure_cache."check" END,
       checks = CASE WHEN $7 THEN EXCLUDED.checks ELSE closure_cache.checks END`,
    [
      artifactId,
      Buffer.from(fileSizes.buffer, fileSizes.byteOffset, fileSizes.byteLength),
      sumKnown(Array.from(fileSizes, (bytes) => (bytes < 0 ? undefined : bytes))) ?? null,
      keyNames.map(toStorable),
      Buffer.from(check.buffer, check.byteOffset, check.byteLength),
      toStorableJson(checks),
      keyNames.length > 0,
    ],
  );
}
