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

/** Notes one; false if it is noted already. */
export async function addStaleNotice(db: Queryable, move: StaleMove): Promise<boolean> {
  const { rows } = await db.query(
    `INSERT INTO stale_notice (image, base, newer) SELECT image, base, newer FROM (${GIVEN}) AS given
     ON CONFLICT DO NOTHING RETURNING noted_at`,
    toColumns([move]),
  );
  return rows.length > 0;
}

function toColumns(moves: readonly StaleMove[]): string[][] {
  return [moves.map(({ image }) => image), moves.map(({ base }) => base), moves.map(({ newer }) => newer)];
}
