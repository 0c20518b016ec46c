import type { CacheFacts } from "#lib/model/cache-facts.ts";
import type { SignatureCheck } from "#lib/model/signature.ts";
import { float64Column, int32Column } from "./columns.ts";
import type { Queryable } from "./queryable.ts";

interface CacheRecord {
  file_sizes: Buffer;
  key_names: string[];
  check: Buffer;
  checks: SignatureCheck[];
}

/** What a binary cache says of the items of a closure; `undefined` if it was never scanned from one, and for an image. */
export async function getCacheFacts(db: Queryable, artifactId: number): Promise<CacheFacts | undefined> {
  const { rows } = await db.query<CacheRecord>(
    'SELECT file_sizes, key_names, "check", checks FROM closure_cache WHERE artifact_id = $1',
    [artifactId],
  );
  const [row] = rows;
  if (row === undefined) return undefined;
  const { file_sizes: fileSizes, key_names: keyNames, check, checks } = row;
  return { fileSizes: float64Column(fileSizes), keyNames, check: int32Column(check), checks };
}
