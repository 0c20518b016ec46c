import { shortImageName } from "#lib/model/image-name.ts";
import { nearestTexts } from "#lib/model/nearest-text.ts";
import { containsPattern, type Queryable } from "./queryable.ts";

/** Names compared at most, the last seen ones: a typing mistake is made in the name of something recent. */
const MAX_COMPARED = 2000;
const MAX_SUGGESTED = 5;
/** Fewer letters than this are part of nearly every name. */
const MIN_HELD = 3;

/** Names that a person may have meant by one that nothing is called by: near ones, and those that hold it. */
export async function suggestNames(db: Queryable, text: string): Promise<string[]> {
  const [near, holding] = await Promise.all([listNear(db, text), listHolding(db, text)]);
  return [...new Set([...near, ...holding])].slice(0, MAX_SUGGESTED);
}

async function listNear(db: Queryable, text: string): Promise<string[]> {
  const { rows } = await db.query<{ name: string }>(
    "SELECT name FROM artifact_name WHERE moved_at IS NULL GROUP BY name ORDER BY max(seen_at) DESC, name LIMIT $1",
    [MAX_COMPARED],
  );
  // People leave out host and `:latest`, and are understood: they may do so in a name with a mistake as well.
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
