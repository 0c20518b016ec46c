import type { Queryable } from "./queryable.ts";

/** An entry of an image by its layer's position and its place there. */
export interface ImageEntry {
  readonly layer: number;
  readonly entry: number;
}

/** The kept body of an entry. */
export interface EntryDocument extends ImageEntry {
  readonly body: Buffer;
}

/** The documents of these entries of an image, in no order; none for an entry that is no document. */
export async function listDocuments(
  db: Queryable,
  artifactId: number,
  entries: readonly ImageEntry[],
): Promise<EntryDocument[]> {
  if (entries.length === 0) return [];
  const { rows } = await db.query<EntryDocument>(
    `SELECT p.position AS layer, d.ordinal AS entry, d.body FROM unnest($2::int[], $3::int[]) AS asked(position, ordinal)
     JOIN image_layer p ON p.artifact_id = $1 AND p.position = asked.position
     JOIN layer_document d ON d.layer_id = p.layer_id AND d.ordinal = asked.ordinal`,
    [artifactId, entries.map(({ layer }) => layer), entries.map(({ entry }) => entry)],
  );
  return rows;
}
