import type { Pool, PoolClient } from "pg";
import type { ChunkSizes } from "#lib/model/chunk.ts";
import type { LayerChunks, LayerScan } from "#lib/model/layer.ts";
import { copyRows } from "./copy-rows.ts";
import { toBytes } from "./to-bytes.ts";
import { reserveIds, withWriter } from "./transaction.ts";
import { findDigestIds } from "./write-contents.ts";

/** The chunk lists in a layer's scan. */
export type CutLayer = Pick<LayerScan, "contents" | "chunks">;

/** Stores the chunks of layers that are already stored, in one transaction. Skips a layer that has been removed. */
export function writeCutLayers(pool: Pool, layers: readonly CutLayer[]): Promise<void> {
  return withWriter(pool, async (client) => {
    for (const layer of layers) await writeChunks(client, layer);
  });
}

/** Stores the chunk lists of a layer's bodies that have none with these sizes. The bodies are in `content`. */
export async function writeChunks(client: PoolClient, { contents, chunks }: CutLayer): Promise<void> {
  if (chunks === undefined) return;
  const contentIds = await findDigestIds(client, "content", contents);
  const cut = await findCut(client, contentIds, chunks.sizes);
  const bodies = [...contentIds.keys()].filter((row) => contentIds[row] !== 0 && !cut.has(contentIds[row]!));
  const uses = countUses(chunks, bodies);
  const chunkIds = await writeUsedChunks(client, chunks, uses);
  const { minBytes, averageBytes, maxBytes } = chunks.sizes;
  const idsOf = (body: number) =>
    chunks.rows.subarray(chunks.start[body], chunks.start[body + 1]).map((row) => chunkIds[row]!);
  await copyRows(client, "content_chunk", bodies, {
    content_id: (field, body) => field.int8(contentIds[body]!),
    min_bytes: (field) => field.int4(minBytes),
    average_bytes: (field) => field.int4(averageBytes),
    max_bytes: (field) => field.int4(maxBytes),
    chunk_ids: (field, body) => field.bytes(toBytes(idsOf(body))),
  });
}

/** Those of these bodies that are already chunked with these sizes. */
async function findCut(client: PoolClient, contentIds: Float64Array, sizes: ChunkSizes): Promise<Set<number>> {
  const { rows } = await client.query<{ content_id: number }>(
    `SELECT content_id FROM content_chunk WHERE content_id = ANY($1::bigint[])
       AND min_bytes = $2 AND average_bytes = $3 AND max_bytes = $4`,
    [Array.from(contentIds), sizes.minBytes, sizes.averageBytes, sizes.maxBytes],
  );
  return new Set(rows.map((row) => row.content_id));
}

/** How often these bodies use each chunk. */
function countUses({ chunks, start, rows }: LayerChunks, bodies: readonly number[]): Int32Array {
  const uses = new Int32Array(chunks.count);
  for (const body of bodies) {
    for (let i = start[body]!; i < start[body + 1]!; i++) uses[rows[i]!]!++;
  }
  return uses;
}

/** Stores the new chunks that are used, adds to the use counts of the others, and returns the id of each used chunk. */
async function writeUsedChunks(client: PoolClient, { chunks }: LayerChunks, uses: Int32Array): Promise<Float64Array> {
  const ids = await findDigestIds(client, "chunk", chunks);
  const used = [...uses.keys()].filter((row) => uses[row]! > 0);
  const known = used.filter((row) => ids[row] !== 0);
  const fresh = used.filter((row) => ids[row] === 0);
  const counts = [known.map((row) => ids[row]), known.map((row) => uses[row])];
  await client.query(
    `UPDATE chunk SET use_count = use_count + more.uses
     FROM unnest($1::int[], $2::int[]) AS more(id, uses) WHERE chunk.id = more.id`,
    counts,
  );
  const first = await reserveIds(client, "chunk", fresh.length);
  for (const [k, row] of fresh.entries()) ids[row] = first + k;
  await copyRows(client, "chunk", fresh, {
    id: (field, row) => field.int4(ids[row]!),
    sha256: (field, row) => field.bytes(chunks.sha256.subarray(32 * row, 32 * row + 32)),
    byte_count: (field, row) => field.int4(chunks.byteCount[row]!),
    use_count: (field, row) => field.int4(uses[row]!),
  });
  return ids;
}
