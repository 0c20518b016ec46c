import type { VisibleName } from "#lib/model/holding.ts";
import type { EntryKind } from "#lib/model/layer.ts";
import { float64Column, splitRows } from "./load-holdings.ts";
import { int32Column } from "./load-owners.ts";
import type { Queryable } from "./queryable.ts";

/** Entries of one layer fit 21 bits (an image has at most 600,000), so that a layer's id and an entry make one number. */
const ENTRIES = 2 ** 21;
const HIDDEN = -1;

interface NamesRecord {
  owners: Buffer;
  body: Buffer;
  content_id: Buffer;
  link_entry: Buffer;
  link_body: Buffer;
  layer_ids: number[];
  entry_counts: number[];
}

interface EntryRecord {
  layer_id: number;
  ordinal: number;
  path: string;
  kind: EntryKind;
  mode: number;
  uid: string;
  gid: string;
  byte_count: string;
  target: string | null;
}

/** The visible names of one image, as keys of their entries. */
interface VisibleKeys {
  /** Key of each visible name's entry. */
  readonly names: Float64Array;
  /** Name's key → key of the entry that carries its body, where they are not the same (hard links). */
  readonly bodyOfLink: ReadonlyMap<number, number>;
  /** Key of a body's entry → content id. */
  readonly contentOfBody: ReadonlyMap<number, number>;
}

/**
 * The names that two images do not have in common, either side's: all but those that both see at the same entry of the
 * same layer, which cannot differ. A name that is on both lists may still be equal. One row an entry that must be looked
 * at, not one an entry of the images.
 */
export async function listDifferingNames(
  db: Queryable,
  leftId: number,
  rightId: number,
): Promise<{ left: VisibleName[]; right: VisibleName[] }> {
  const [left, right] = await Promise.all([loadKeys(db, leftId), loadKeys(db, rightId)]);
  const leftNames = keepDiffering(left, right);
  const rightNames = keepDiffering(right, left);
  const entries = await loadEntries(db, [...toKeys(left, leftNames), ...toKeys(right, rightNames)]);
  return { left: toNames(left, leftNames, entries), right: toNames(right, rightNames, entries) };
}

async function loadKeys(db: Queryable, artifactId: number): Promise<VisibleKeys> {
  const { rows } = await db.query<NamesRecord>(
    `SELECT i.owners, f.body, f.content_id, f.link_entry, f.link_body,
       (SELECT array_agg(p.layer_id ORDER BY p.position) FROM image_layer p WHERE p.artifact_id = $1) AS layer_ids,
       (SELECT array_agg(l.entry_count ORDER BY p.position) FROM image_layer p JOIN layer l ON l.id = p.layer_id
        WHERE p.artifact_id = $1) AS entry_counts
     FROM image i JOIN packed_files f USING (artifact_id) WHERE i.artifact_id = $1`,
    [artifactId],
  );
  if (rows[0] === undefined) throw new Error(`artifact ${artifactId} is no image, or its files were never packed`);
  return toVisibleKeys(rows[0]);
}

function toVisibleKeys(record: NamesRecord): VisibleKeys {
  const layers = record.entry_counts.map((entryCount) => ({ entryCount }));
  const toKeyColumn = (rows: Int32Array) => {
    const { layer, entry } = splitRows(rows, layers);
    return Float64Array.from(rows, (_, i) => record.layer_ids[layer[i]!]! * ENTRIES + entry[i]!);
  };
  const owners = int32Column(record.owners);
  const bodies = toKeyColumn(int32Column(record.body));
  const contentIds = float64Column(record.content_id);
  const linkBodies = int32Column(record.link_body);
  const links = toKeyColumn(int32Column(record.link_entry));
  return {
    names: toKeyColumn(Int32Array.from(owners.keys()).filter((row) => owners[row] !== HIDDEN)),
    bodyOfLink: new Map(Array.from(links, (link, i) => [link, bodies[linkBodies[i]!]!])),
    contentOfBody: new Map(Array.from(bodies, (body, i) => [body, contentIds[i]!])),
  };
}

/** Names of `from` whose entry `other` does not see, or sees leading to another body. */
function keepDiffering(from: VisibleKeys, other: VisibleKeys): Float64Array {
  const seen = new Set(other.names);
  return from.names.filter((key) => !seen.has(key) || from.bodyOfLink.get(key) !== other.bodyOfLink.get(key));
}

/** Names and, for hard links, the entries that carry mode and owner of what they lead to. */
function* toKeys({ bodyOfLink }: VisibleKeys, names: Float64Array): Generator<number> {
  for (const name of names) {
    yield name;
    const body = bodyOfLink.get(name);
    if (body !== undefined) yield body;
  }
}

async function loadEntries(db: Queryable, keys: readonly number[]): Promise<Map<number, EntryRecord>> {
  const distinct = [...new Set(keys)];
  const { rows } = await db.query<EntryRecord>(
    `SELECT layer_id, ordinal, CASE dir WHEN '' THEN name ELSE dir || '/' || name END AS path, kind, mode, uid, gid, byte_count, target
     FROM unnest($1::int[], $2::int[]) AS wanted (layer_id, ordinal) JOIN layer_entry USING (layer_id, ordinal)`,
    [distinct.map((key) => Math.floor(key / ENTRIES)), distinct.map((key) => key % ENTRIES)],
  );
  return new Map(rows.map((row) => [row.layer_id * ENTRIES + row.ordinal, row]));
}

function toNames(
  { bodyOfLink, contentOfBody }: VisibleKeys,
  names: Float64Array,
  entries: ReadonlyMap<number, EntryRecord>,
): VisibleName[] {
  return Array.from(names, (name) => {
    const body = bodyOfLink.get(name) ?? name;
    const { kind, mode, uid, gid, byte_count, target } = entries.get(body)!;
    return {
      path: entries.get(name)!.path,
      kind,
      mode,
      uid: Number(uid),
      gid: Number(gid),
      byteCount: Number(byte_count),
      contentId: contentOfBody.get(body) ?? -1,
      target: target ?? "",
    };
  });
}
