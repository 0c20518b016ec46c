import type { VisibleName } from "#lib/model/holding.ts";
import type { EntryKind } from "#lib/model/layer.ts";
import { PACKED_FILES_VERSION } from "../packed-files.ts";
import { firstRows, int32Column, readInt8, splitRows } from "./columns.ts";
import type { Queryable } from "./queryable.ts";

/** Entries of one layer fit 21 bits (an image has at most 600,000): combined with the layer's id they make one number. */
const ENTRIES = 2 ** 21;
const HIDDEN = -1;
const NONE = -1;
/** Reads the whole layer if more than one in this many of its entries is needed. */
const WHOLE_FROM = 8;

/**
 * The names on which two images may differ, for either side: all except those that both see at the same entry of the same layer.
 * A name on both lists may still be equal.
 */
export async function listDifferingNames(
  db: Queryable,
  leftId: number,
  rightId: number,
): Promise<{ left: VisibleName[]; right: VisibleName[] }> {
  const [left, right] = await Promise.all([loadRows(db, leftId), loadRows(db, rightId)]);
  const list = async (from: ImageRows, other: ImageRows) => {
    const rows = findDiffering(from, other);
    return toNames(from, rows, await loadEntries(db, from, rows));
  };
  const [leftNames, rightNames] = await Promise.all([list(left, right), list(right, left)]);
  return { left: leftNames, right: rightNames };
}

/** The names of an image's regular files whose content is not in `contents`. */
export async function listNamesBeyond(
  db: Queryable,
  imageId: number,
  contents: ReadonlySet<number>,
): Promise<VisibleName[]> {
  const image = await loadRows(db, imageId);
  const rows = Int32Array.from(image.owners.keys()).filter((row) => {
    const content = image.owners[row] === HIDDEN ? NONE : image.contentId[image.bodyOfLink.get(row) ?? row]!;
    return content !== NONE && !contents.has(content);
  });
  return toNames(image, rows, await loadEntries(db, image, rows));
}

/** One image's entries by row, numbered through all layers, bottom first. */
interface ImageRows {
  readonly layerIds: readonly number[];
  readonly layers: readonly { readonly entryCount: number }[];
  /** By row: -1 if containers do not see the entry. */
  readonly owners: Int32Array;
  /** By row: the content's id if the entry carries a visible body, else -1. */
  readonly contentId: Int32Array;
  /** Row of a hard-linked name → row that carries its body. */
  readonly bodyOfLink: ReadonlyMap<number, number>;
}

type RowsRecord = Record<"owners" | "body" | "content_id" | "link_entry" | "link_body", Buffer> &
  Record<"layer_ids" | "entry_counts", number[]>;

async function loadRows(db: Queryable, artifactId: number): Promise<ImageRows> {
  const { rows } = await db.query<RowsRecord>(
    `SELECT i.owners, f.body, f.content_id, f.link_entry, f.link_body, p.layer_ids, p.entry_counts
     FROM image i JOIN packed_files f USING (artifact_id), LATERAL (
       SELECT array_agg(p.layer_id ORDER BY p.position) AS layer_ids, array_agg(l.entry_count ORDER BY p.position) AS entry_counts
       FROM image_layer p JOIN layer l ON l.id = p.layer_id WHERE p.artifact_id = i.artifact_id
     ) p WHERE i.artifact_id = $1 AND f.engine_version = $2`,
    [artifactId, PACKED_FILES_VERSION],
  );
  if (rows[0] === undefined) throw new Error(`artifact ${artifactId} is not an image, or its files were never packed`);
  return toImageRows(rows[0]);
}

function toImageRows(record: RowsRecord): ImageRows {
  const owners = int32Column(record.owners);
  const bodies = int32Column(record.body);
  const contentIds = int32Column(record.content_id);
  const contentId = new Int32Array(owners.length).fill(NONE);
  for (let i = 0; i < bodies.length; i++) contentId[bodies[i]!] = contentIds[i]!;
  const linkBodies = int32Column(record.link_body);
  const links = int32Column(record.link_entry);
  return {
    layerIds: record.layer_ids ?? [],
    layers: (record.entry_counts ?? []).map((entryCount) => ({ entryCount })),
    owners,
    contentId,
    bodyOfLink: new Map(Array.from(links, (link, i) => [link, bodies[linkBodies[i]!]!])),
  };
}

/** Rows of visible names whose entry `other` does not see, resolved to the same content. */
function findDiffering(from: ImageRows, other: ImageRows): Int32Array {
  const differing = new Int32Array(from.owners.length);
  const otherFirst = findFirstRows(other);
  let count = 0;
  let row = 0;
  for (const [position, { entryCount }] of from.layers.entries()) {
    const twin = otherFirst.get(from.layerIds[position]!);
    for (let entry = 0; entry < entryCount; entry++, row++) {
      if (from.owners[row] === HIDDEN) continue;
      if (twin === undefined || !isSame(from, row, other, twin + entry)) differing[count++] = row;
    }
  }
  return differing.subarray(0, count);
}

/** Layer id → row of its first entry. If a layer occurs twice, the upper occurrence counts: it is the visible one. */
function findFirstRows({ layerIds, layers }: ImageRows): Map<number, number> {
  const rows = firstRows(layers);
  return new Map(layerIds.map((layerId, position) => [layerId, rows[position]!]));
}

function isSame(from: ImageRows, row: number, other: ImageRows, twin: number): boolean {
  if (other.owners[twin] === HIDDEN) return false;
  const body = from.bodyOfLink.get(row);
  const twinBody = other.bodyOfLink.get(twin);
  if (body === undefined || twinBody === undefined) return body === twinBody;
  // A link into a lower layer: its target may be another inode there.
  return from.contentId[body] === other.contentId[twinBody] && twin - row === twinBody - body;
}

/** An entry without its path and target. */
interface Entries {
  /** Layer id and entry as one number → position in the columns. */
  readonly positions: ReadonlyMap<number, number>;
  readonly paths: readonly string[];
  readonly targets: readonly string[];
  /** Eight numbers per entry, named by `FIELDS`. */
  readonly fields: Buffer;
}

type EntriesRecord = Record<"paths" | "targets" | "fields", Buffer>;

/** Bytes of one entry in `fields`: layer_id, ordinal (int4), kind, mode (int2), uid, gid, byte_count (int8), big-endian. */
const FIELDS = { layerId: 0, ordinal: 4, kind: 8, mode: 10, uid: 12, gid: 20, byteCount: 28, length: 36 } as const;

/**
 * The entries of these rows and of the bodies they lead to. Three values in all: a row per entry would cost ten times as much.
 */
async function loadEntries(db: Queryable, image: ImageRows, rows: Int32Array): Promise<Entries> {
  const { whole, layerIds, ordinals } = chooseEntries(image, rows);
  const { rows: columns } = await db.query<EntriesRecord>(
    // The three aggregates see the rows in the same order, whichever it is. No path contains NUL.
    `SELECT coalesce(string_agg(convert_to(CASE dir WHEN '' THEN name ELSE dir || '/' || name END, 'UTF8') || '\\x00', ''), '') AS paths,
       coalesce(string_agg(convert_to(coalesce(target, ''), 'UTF8') || '\\x00', ''), '') AS targets,
       coalesce(string_agg(int4send(layer_id) || int4send(ordinal) || int2send(kind) || int2send(mode) || int8send(uid)
         || int8send(gid) || int8send(byte_count), ''), '') AS fields
     FROM (
       SELECT * FROM layer_entry WHERE layer_id = ANY($1)
       UNION ALL
       SELECT e.* FROM unnest($2::int[], $3::int[]) AS wanted (layer_id, ordinal) JOIN layer_entry e USING (layer_id, ordinal)
     ) entry`,
    [whole, layerIds, ordinals],
  );
  return toEntries(columns[0]!);
}

/** Layers to read as a whole, and single entries of the others. */
function chooseEntries(image: ImageRows, rows: Int32Array) {
  const { layer, entry } = splitRows(addBodies(image, rows), image.layers);
  const counts = new Int32Array(image.layers.length);
  for (const position of layer) counts[position]!++;
  const isWhole = (position: number) => counts[position]! * WHOLE_FROM > image.layers[position]!.entryCount;
  const single = [...layer.keys()].filter((i) => !isWhole(layer[i]!));
  return {
    whole: [...new Set(image.layerIds.filter((_, position) => isWhole(position)))],
    layerIds: single.map((i) => image.layerIds[layer[i]!]!),
    ordinals: single.map((i) => entry[i]!),
  };
}

/** The rows, and those with the bodies of the hard links among them, each once. */
function addBodies({ bodyOfLink }: ImageRows, rows: Int32Array): Int32Array {
  const given = bodyOfLink.size === 0 ? new Set<number>() : new Set(rows);
  const bodies = new Set<number>();
  for (const [link, body] of bodyOfLink) if (given.has(link) && !given.has(body)) bodies.add(body);
  return bodies.size === 0 ? rows : Int32Array.from([...rows, ...bodies]).sort();
}

function toEntries({ paths, targets, fields }: EntriesRecord): Entries {
  const positions = new Map<number, number>();
  for (let at = 0, i = 0; at < fields.length; at += FIELDS.length, i++) {
    positions.set(fields.readInt32BE(at) * ENTRIES + fields.readInt32BE(at + FIELDS.ordinal), i);
  }
  return {
    positions,
    paths: paths.toString("utf8").split("\0"),
    targets: targets.toString("utf8").split("\0"),
    fields,
  };
}

function toNames(image: ImageRows, rows: Int32Array, entries: Entries): VisibleName[] {
  const { layer, entry } = splitRows(rows, image.layers);
  return Array.from(rows, (row, i) => {
    const body = image.bodyOfLink.get(row) ?? row;
    const position = positionOf(entries, image.layerIds[layer[i]!]!, entry[i]!);
    const at = body === row ? position : positionOfRow(image, entries, body);
    return { path: entries.paths[position]!, ...toInode(entries, at), contentId: image.contentId[body]! };
  });
}

function positionOf({ positions }: Entries, layerId: number, entry: number): number {
  const position = positions.get(layerId * ENTRIES + entry);
  if (position === undefined) throw new Error(`layer ${layerId} no longer has entry ${entry}`);
  return position;
}

function positionOfRow(image: ImageRows, entries: Entries, row: number): number {
  const { layer, entry } = splitRows(Int32Array.of(row), image.layers);
  return positionOf(entries, image.layerIds[layer[0]!]!, entry[0]!);
}

function toInode({ fields, targets }: Entries, position: number): Omit<VisibleName, "path" | "contentId"> {
  const at = position * FIELDS.length;
  return {
    kind: fields.readInt16BE(at + FIELDS.kind) as EntryKind,
    mode: fields.readInt16BE(at + FIELDS.mode),
    uid: readInt8(fields, at + FIELDS.uid),
    gid: readInt8(fields, at + FIELDS.gid),
    byteCount: readInt8(fields, at + FIELDS.byteCount),
    target: targets[position]!,
  };
}
