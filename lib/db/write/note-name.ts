import type { PoolClient } from "pg";
import { type Digest, digestOf } from "#lib/model/digest.ts";
import type { Naming } from "#lib/model/naming.ts";
import { toStorable } from "./storable-text.ts";

/** A name from a scan, and the source it was scanned from. */
interface GivenName {
  readonly name: string;
  readonly source: string;
}

/** A name that an artifact was given. */
export interface NewName extends GivenName {
  readonly artifactId: number;
}

/**
 * Makes a name mean this artifact. The row of another artifact that it meant stays, and is marked as moved: the rows of a name are
 * its history. The only writer guarantees that one at most is current: a name may be too long for a unique index.
 */
export async function noteName(client: PoolClient, artifactId: number, given: GivenName): Promise<Naming> {
  const [naming] = await noteNames(client, [{ artifactId, ...given }]);
  return naming!;
}

/** The same for many names, in this order: a name that is given twice means the later artifact. */
export async function noteNames(client: PoolClient, given: readonly NewName[]): Promise<Naming[]> {
  const storable = given.map((one) => ({ ...one, name: toStorable(one.name), source: toStorable(one.source) }));
  const naming = new Map<NewName, Naming>();
  for (const round of toRounds(storable)) {
    for (const [i, noted] of (await noteDistinct(client, round)).entries()) naming.set(round[i]!, noted);
  }
  return storable.map((one) => naming.get(one)!);
}

/** Names each once in a round, earlier ones in earlier rounds. */
function toRounds(given: readonly NewName[]): NewName[][] {
  const rounds: NewName[][] = [];
  const uses = new Map<string, number>();
  for (const one of given) {
    const use = uses.get(one.name) ?? 0;
    uses.set(one.name, use + 1);
    rounds[use] ??= [];
    rounds[use].push(one);
  }
  return rounds;
}

/** Names, each once. */
async function noteDistinct(client: PoolClient, given: readonly NewName[]): Promise<Naming[]> {
  const columns = [
    given.map(({ artifactId }) => artifactId),
    given.map(({ name }) => name),
    given.map(({ source }) => source),
  ];
  const movedFrom = await moveOn(client, columns.slice(0, 2));
  const { rows } = await client.query<{ name: string }>(
    `UPDATE artifact_name AS seen SET source = given.source, seen_at = clock_timestamp()
     FROM unnest($1::int[], $2::text[], $3::text[]) AS given(id, name, source)
     WHERE seen.artifact_id = given.id AND seen.name = given.name AND seen.moved_at IS NULL RETURNING seen.name`,
    columns,
  );
  const kept = new Set(rows.map(({ name }) => name));
  // A name that moved away and comes back counts as an added name, too: its earlier time stays in its history.
  const added = given.filter(({ name }) => !kept.has(name));
  await insertNames(client, added);
  return given.map(({ name }) => ({ added: !kept.has(name), movedFrom: movedFrom.get(name) }));
}

async function insertNames(client: PoolClient, added: readonly NewName[]): Promise<void> {
  if (added.length === 0) return;
  await client.query(
    `INSERT INTO artifact_name (artifact_id, name, source, since_at, seen_at)
     SELECT id, name, source, at, at
     FROM clock_timestamp() AS at, unnest($1::int[], $2::text[], $3::text[]) AS given(id, name, source)`,
    [added.map(({ artifactId }) => artifactId), added.map(({ name }) => name), added.map(({ source }) => source)],
  );
}

/** Takes each name from its current artifact, unless that is the one it was given to. Returns name → digest of that one. */
async function moveOn(client: PoolClient, columns: readonly unknown[]): Promise<Map<string, Digest>> {
  const { rows } = await client.query<{ name: string; digest: Buffer }>(
    `UPDATE artifact_name AS moved SET moved_at = clock_timestamp()
     FROM artifact AS a, unnest($1::int[], $2::text[]) AS given(id, name)
     WHERE moved.name = given.name AND moved.artifact_id <> given.id AND moved.moved_at IS NULL AND a.id = moved.artifact_id
     RETURNING moved.name, a.digest`,
    [...columns],
  );
  return new Map(rows.map(({ name, digest }) => [name, digestOf(digest)]));
}
