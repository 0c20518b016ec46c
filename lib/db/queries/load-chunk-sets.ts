import type { ChunkSizes, CutBodies } from "#lib/model/chunk.ts";
import { contentIdsOf, type Holding } from "#lib/model/holding.ts";
import { int32Column } from "./columns.ts";
import { loadHoldings } from "./load-holdings.ts";
import type { Queryable } from "./queryable.ts";

/** The distinct chunks of an image's visible content, and how much of it was never chunked. */
export interface ChunkSet {
  readonly artifactId: number;
  /** Chunk ids, ascending, and the bytes of each. */
  readonly chunkId: Int32Array;
  readonly byteCount: Float64Array;
  /** Distinct bodies that are not chunked with these sizes, and their bytes: above 0 the set is incomplete. */
  readonly uncutCount: number;
  readonly uncutBytes: number;
}

/** The chunk sets of images, in the order asked for. An artifact without files (a closure) has an empty set. */
export async function loadChunkSets(
  db: Queryable,
  artifactIds: readonly number[],
  sizes: ChunkSizes,
): Promise<ChunkSet[]> {
  const holdings = await loadHoldings(db, artifactIds);
  const cut = await loadCutBodies(db, holdings.map(contentIdsOf), sizes);
  return holdings.map((holding) => buildChunkSet(holding, cut));
}

/** The chunks of these bodies (content ids, several lists) with these sizes. */
export async function loadCutBodies(
  db: Queryable,
  contentIds: readonly Int32Array[],
  sizes: ChunkSizes,
): Promise<CutBodies> {
  if (!(await isAnyCut(db, sizes))) return { chunkIds: new Map(), chunkBytes: new Map() };
  const distinct = new Set<number>();
  for (const list of contentIds) for (const id of list) distinct.add(id);
  const chunkIds = await loadChunks(db, distinct, sizes);
  return { chunkIds, chunkBytes: await loadChunkBytes(db, chunkIds) };
}

/** If nothing was ever chunked, a million ids need not be looked up. */
async function isAnyCut(db: Queryable, { minBytes, averageBytes, maxBytes }: ChunkSizes): Promise<boolean> {
  const { rows } = await db.query(
    "SELECT FROM content_chunk WHERE min_bytes = $1 AND average_bytes = $2 AND max_bytes = $3 LIMIT 1",
    [minBytes, averageBytes, maxBytes],
  );
  return rows.length > 0;
}

/** Content id → its chunk ids, for the bodies that were chunked. */
async function loadChunks(
  db: Queryable,
  contentIds: ReadonlySet<number>,
  { minBytes, averageBytes, maxBytes }: ChunkSizes,
): Promise<Map<number, Int32Array>> {
  const { rows } = await db.query<{ content_id: number; chunk_ids: Buffer }>(
    `SELECT content_id, chunk_ids FROM content_chunk WHERE content_id = ANY($1::bigint[])
       AND min_bytes = $2 AND average_bytes = $3 AND max_bytes = $4`,
    [[...contentIds], minBytes, averageBytes, maxBytes],
  );
  return new Map(rows.map((row) => [row.content_id, int32Column(row.chunk_ids)]));
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

function buildChunkSet(holding: Holding, { chunkIds, chunkBytes }: CutBodies): ChunkSet {
  const ids = new Set<number>();
  const uncut = new Map<number, number>();
  const { contentId, byteCount } = holding.kind === "image" ? holding.bodies : NO_BODIES;
  for (const [row, content] of contentId.entries()) {
    const chunks = chunkIds.get(content);
    if (chunks === undefined) uncut.set(content, byteCount[row]!);
    else for (const id of chunks) ids.add(id);
  }
  const chunkId = Int32Array.from(ids).sort();
  return {
    artifactId: holding.artifactId,
    chunkId,
    byteCount: Float64Array.from(chunkId, (id) => chunkBytes.get(id) ?? 0),
    uncutCount: uncut.size,
    uncutBytes: [...uncut.values()].reduce((sum, bytes) => sum + bytes, 0),
  };
}

const NO_BODIES = { contentId: new Float64Array(0), byteCount: new Float64Array(0) };
