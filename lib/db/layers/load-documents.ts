import type { Pool } from "pg";

/** Document bytes fetched by one query: the driver keeps three copies while it turns hex into bytes. */
const BATCH_BYTES = 4 * 1024 ** 2;

interface DocumentRow {
  readonly ordinal: number;
  readonly bytes: number;
}

/** The documents of a stored layer, by the row of their entry, up to the budget, which is charged. */
export async function loadDocuments(
  pool: Pool,
  layerId: number,
  budget: { documentBytes: number },
): Promise<Map<number, Uint8Array>> {
  const { rows } = await pool.query<DocumentRow>(
    "SELECT ordinal, octet_length(body) AS bytes FROM layer_document WHERE layer_id = $1 ORDER BY ordinal",
    [layerId],
  );
  const affordable = rows.filter(({ bytes }) => {
    if (bytes > budget.documentBytes) return false;
    budget.documentBytes -= bytes;
    return true;
  });
  const documents = new Map<number, Uint8Array>();
  for (const batch of toBatches(affordable)) await loadBatch(pool, layerId, batch, documents);
  return documents;
}

async function loadBatch(
  pool: Pool,
  layerId: number,
  ordinals: readonly number[],
  documents: Map<number, Uint8Array>,
): Promise<void> {
  const { rows } = await pool.query<{ ordinal: number; body: Buffer }>(
    "SELECT ordinal, body FROM layer_document WHERE layer_id = $1 AND ordinal = ANY($2)",
    [layerId, ordinals],
  );
  for (const { ordinal, body } of rows) documents.set(ordinal, body);
}

function toBatches(rows: readonly DocumentRow[]): number[][] {
  const batches: number[][] = [];
  let room = 0;
  for (const { ordinal, bytes } of rows) {
    if (bytes > room || batches.length === 0) {
      batches.push([]);
      room = BATCH_BYTES;
    }
    batches.at(-1)!.push(ordinal);
    room -= bytes;
  }
  return batches;
}
