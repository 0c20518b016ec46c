import type { ChunkSizes, CutBodies } from "#lib/model/chunk.ts";
import { float64Column } from "./load-holdings.ts";
import { int32Column } from "./load-owners.ts";
import { type Queryable, toSafeInteger } from "./queryable.ts";

/** The distinct chunks of what a container sees of one image, and what of it was never cut. */
export interface ChunkSet {
  readonly artifactId: number;
  /** Ids of the chunks, ascending, and the bytes of each. */
  readonly chunkId: Int32Array;
  readonly byteCount: Float64Array;
  /** Distinct bodies that are not cut with these sizes, and their bytes: above 0 the set is not whole. */
  readonly uncutCount: number;
  readonly uncutBytes: number;
}

/** The chunk sets of images, in the order asked for. An artifact without files (a closure) has an empty set. */
export async function loadChunkSets(
  db: Queryable,
  artifactIds: readonly number[],
  sizes: ChunkSizes,
): Promise<ChunkSet[]> {
  const bodies = await loadBodies(db, artifactIds);
  const contentIds = new Set([...bodies.values()].flatMap((byteCounts) => [...byteCounts.keys()]));
  const cut = await loadCutBodies(db, contentIds, sizes);
  return artifactIds.map((id) => buildChunkSet(id, bodies.get(id) ?? new Map(), cut));
}

/** How these bodies (content ids) are cut with these sizes. */
export async function loadCutBodies(
  db: Queryable,
  contentIds: Iterable<number>,
  sizes: ChunkSizes,
): Promise<CutBodies> {
  const chunkIds = await loadChunks(db, new Set(contentIds), sizes);
  return { chunkIds, chunkBytes: await loadChunkBytes(db, chunkIds) };
}

/** For each image its visible bodies: content id → bytes. */
async function loadBodies(db: Queryable, artifactIds: readonly number[]): Promise<Map<number, Map<number, number>>> {
  const { rows } = await db.query<{ artifact_id: number; content_id: Buffer; byte_count: Buffer }>(
    "SELECT artifact_id, content_id, byte_count FROM packed_files WHERE artifact_id = ANY($1)",
    [artifactIds],
  );
  return new Map(
    rows.map((row) => {
      const byteCount = float64Column(row.byte_count);
      return [row.artifact_id, new Map([...float64Column(row.content_id)].map((id, i) => [id, byteCount[i]!]))];
    }),
  );
}

/** Content id → its chunk ids, for the bodies that were cut. */
async function loadChunks(
  db: Queryable,
  contentIds: ReadonlySet<number>,
  { minBytes, averageBytes, maxBytes }: ChunkSizes,
): Promise<Map<number, Int32Array>> {
  const { rows } = await db.query<{ content_id: string; chunk_ids: Buffer }>(
    `SELECT content_id, chunk_ids FROM content_chunk WHERE content_id = ANY($1::bigint[])
       AND min_bytes = $2 AND average_bytes = $3 AND max_bytes = $4`,
    [[...contentIds], minBytes, averageBytes, maxBytes],
  );
  return new Map(rows.map((row) => [toSafeInteger(row.content_id), int32Column(row.chunk_ids)]));
}

async function loadChunkBytes(db: Queryable, chunks: ReadonlyMap<number, Int32Array>): Promise<Map<number, number>> {
  const ids = new Set<number>();
  for (const each of chunks.values()) for (const id of each) ids.add(id);
  const { rows } = await db.query<{ id: number; byte_count: number }>(
    "SELECT id, byte_count FROM chunk WHERE id = ANY($1::int[])",
    [[...ids]],
  );
  return new Map(rows.map((row) => [row.id, row.byte_count]));
}

function buildChunkSet(
  artifactId: number,
  bodies: ReadonlyMap<number, number>,
  { chunkIds, chunkBytes }: CutBodies,
): ChunkSet {
  const ids = new Set<number>();
  let [uncutCount, uncutBytes] = [0, 0];
  for (const [contentId, bytes] of bodies) {
    const cut = chunkIds.get(contentId);
    for (const id of cut ?? []) ids.add(id);
    if (cut !== undefined) continue;
    uncutCount++;
    uncutBytes += bytes;
  }
  const chunkId = Int32Array.from(ids).sort();
  const byteCount = Float64Array.from(chunkId, (id) => chunkBytes.get(id) ?? 0);
  return { artifactId, chunkId, byteCount, uncutCount, uncutBytes };
}
