import type { ContentHolder } from "#lib/model/opened-file.ts";
import { digestRange } from "./digest-range.ts";
import { listContentHolders } from "./list-content-holders.ts";
import type { Queryable } from "./queryable.ts";

/** The content of files, found by the beginning of its SHA-256. */
export interface FoundContent {
  /** `sha256:` and 64 hex digits. */
  readonly digest: string;
  /** The artifacts in which it is visible, the newest first, each with one path. */
  readonly holders: readonly ContentHolder[];
}

/** Artifacts listed for each content. */
const MAX_HOLDERS = 400;

/** Contents whose SHA-256 begins with the text, through its index; without those that no artifact shows. */
export async function searchContents(db: Queryable, text: string, limit: number): Promise<FoundContent[]> {
  const range = digestRange(text);
  if (range === undefined) return [];
  const { rows } = await db.query<{ id: number; digest: string }>(
    `SELECT id, 'sha256:' || encode(sha256, 'hex') AS digest FROM content
     WHERE sha256 BETWEEN $1 AND $2 ORDER BY sha256 LIMIT $3`,
    [...range, limit],
  );
  const found: FoundContent[] = [];
  for (const { id, digest } of rows) {
    // No artifact has the id 0: none is left out.
    const holders = await listContentHolders(db, { contentId: id, artifactId: 0, limit: MAX_HOLDERS });
    if (holders.length > 0) found.push({ digest, holders });
  }
  return found;
}
