import { shortImageName } from "#lib/model/image-name.ts";
import { nearestTexts } from "#lib/model/nearest-text.ts";
import { containsPattern, type Queryable } from "./queryable.ts";

/** Names compared at most, the last seen ones: a typo is usually in a recent name. */
const MAX_COMPARED = 2000;
const MAX_SUGGESTED = 5;
/** Shorter texts are part of nearly every name. */
const MIN_HELD = 3;

/** Suggestions for a name that no artifact has: similar names, and names that contain it. */
export async function suggestNames(db: Queryable, text: string): Promise<string[]> {
  const [near, holding] = await Promise.all([listNear(db, text), listHolding(db, text)]);
  return [...new Set([...near, ...holding])].slice(0, MAX_SUGGESTED);
}

async function listNear(db: Queryable, text: string): Promise<string[]> {
  const { rows } = await db.query<{ name: string }>(
    "SELECT name FROM artifact_name WHERE moved_at IS NULL GROUP BY name ORDER BY max(seen_at) DESC, name LIMIT $1",
    [MAX_COMPARED],
  );
  // Host and `:latest` may be left out of a name, so they may be left out of a mistyped one too.
  const spelled = Map.groupBy(
    rows.flatMap(({ name }) => [shortImageName(name), name].map((spelling) => ({ spelling, name }))),
    ({ spelling }) => spelling,
  );
  const near = nearestTexts(text, [...spelled.keys()], MAX_SUGGESTED);
  return near.flatMap((spelling) => spelled.get(spelling)!.map(({ name }) => name));
}

async function listHolding(db: Queryable, text: string): Promise<string[]> {
  if (text.length < MIN_HELD) return [];
  const { rows } = await db.query<{ name: string }>(
    "SELECT name FROM artifact_name WHERE name LIKE $1 AND moved_at IS NULL GROUP BY name ORDER BY max(seen_at) DESC, name LIMIT $2",
    [containsPattern(text), MAX_SUGGESTED],
  );
  return rows.map(({ name }) => name);
}
