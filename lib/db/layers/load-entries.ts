import type { Pool } from "pg";
import type { LayerListing } from "#lib/model/layer-listing.ts";

type EntryRow = [dir: string, name: string, kind: number, byteCount: number, target: string | null];

/** Rows per query: the driver allocates some 300 bytes for each, freed before the next query. */
const BATCH_ROWS = 20_000;

/** The entries of a stored layer; `undefined` if the layer has been removed. */
export async function loadEntries(
  pool: Pool,
  layerId: number,
  count: number,
): Promise<Pick<LayerListing, "kind" | "byteCount" | "directory" | "name" | "link"> | undefined> {
  const kind = new Uint8Array(count);
  const byteCount = new Float64Array(count);
  const [directories, names, links] = [new TextColumn(), new TextColumn(), new TextColumn()];
  for (let first = 0; first < count; first += BATCH_ROWS) {
    const rows = await loadBatch(pool, layerId, first);
    if (rows.length < Math.min(BATCH_ROWS, count - first)) return undefined;
    kind.set(
      rows.map((row) => row[2]),
      first,
    );
    byteCount.set(
      rows.map((row) => row[3]),
      first,
    );
    directories.addBatch(rows.map((row) => row[0]));
    names.addBatch(rows.map((row) => row[1]));
    links.addBatch(rows.map((row) => row[4] ?? ""));
  }
  return {
    kind,
    byteCount,
    directory: (i) => directories.at(i),
    name: (i) => names.at(i),
    link: (i) => links.at(i),
  };
}

/** Ordinals are dense from 0. */
async function loadBatch(pool: Pool, layerId: number, first: number): Promise<EntryRow[]> {
  const { rows } = await pool.query<EntryRow>({
    text: `SELECT dir, name, kind, byte_count, target FROM layer_entry
           WHERE layer_id = $1 AND ordinal >= $2 AND ordinal < $3 ORDER BY ordinal`,
    values: [layerId, first, first + BATCH_ROWS],
    rowMode: "array",
  });
  return rows;
}

/** Strings as UTF-8, in batches: a fifth of the memory of JavaScript strings. */
class TextColumn {
  readonly #bytes: Buffer[] = [];
  readonly #ends: Uint32Array[] = [];

  /** Every batch but the last has `BATCH_ROWS` texts. */
  addBatch(texts: readonly string[]): void {
    const ends = new Uint32Array(texts.length);
    let end = 0;
    for (const [i, text] of texts.entries()) {
      end += Buffer.byteLength(text);
      ends[i] = end;
    }
    this.#ends.push(ends);
    this.#bytes.push(Buffer.from(texts.join("")));
  }

  at(i: number): string {
    const batch = Math.floor(i / BATCH_ROWS);
    const row = i % BATCH_ROWS;
    const ends = this.#ends[batch];
    return this.#bytes[batch]?.toString("utf8", ends?.[row - 1] ?? 0, ends?.[row]) ?? "";
  }
}
