import type { Queryable } from "../queries/queryable.ts";

/** A stale image, the base below it whose name moved, and what that name refers to now. Digests as `sha256:…`. */
export interface StaleMove {
  readonly image: string;
  readonly base: string;
  readonly newer: string;
}

const GIVEN = `SELECT n, decode(substr(image, 8), 'hex') AS image, decode(substr(base, 8), 'hex') AS base,
    decode(substr(newer, 8), 'hex') AS newer
  FROM unnest($1::text[], $2::text[], $3::text[]) WITH ORDINALITY AS given(image, base, newer, n)`;

/** Those that are not noted yet. */
export async function listUnnoted<Move extends StaleMove>(db: Queryable, moves: readonly Move[]): Promise<Move[]> {
  const { rows } = await db.query<{ n: number }>(
    `SELECT n FROM (${GIVEN}) AS given WHERE NOT EXISTS (SELECT FROM stale_notice s
       WHERE s.image = given.image AND s.base = given.base AND s.newer = given.newer) ORDER BY n`,
    toColumns(moves),
  );
  return rows.map(({ n }) => moves[n - 1]!);
}

/** Notes one; false if it is noted already, or the image is gone. */
export async function addStaleNotice(db: Queryable, move: StaleMove): Promise<boolean> {
  const { rows } = await db.query(
    `INSERT INTO stale_notice (image, base, newer) SELECT image, base, newer FROM (${GIVEN}) AS given
       WHERE EXISTS (SELECT FROM artifact WHERE digest = given.image)
     ON CONFLICT DO NOTHING RETURNING noted_at`,
    toColumns([move]),
  );
  return rows.length > 0;
}

const isStored = (column: string) => `EXISTS (SELECT FROM artifact WHERE digest = ${column})`;

/**
 * Deletes the notices of images that are gone, and those about a base or a newer snapshot that is gone, but for the last of each image:
 * that one is still true as soon as the snapshot is scanned again. What is left is bounded by what is stored.
 */
export async function removePastNotices(db: Queryable): Promise<void> {
  await db.query(
    `DELETE FROM stale_notice s WHERE NOT ${isStored("s.image")}
       OR (NOT (${isStored("s.base")} AND ${isStored("s.newer")})
         AND EXISTS (SELECT FROM stale_notice later WHERE later.image = s.image AND later.noted_at > s.noted_at))`,
  );
}

function toColumns(moves: readonly StaleMove[]): string[][] {
  return [moves.map(({ image }) => image), moves.map(({ base }) => base), moves.map(({ newer }) => newer)];
}
