import type { Pool } from "pg";
import { digestBytes } from "#lib/model/digest.ts";
import type { BlobClaim, KnownLayers, LayerListing } from "#lib/model/layer-listing.ts";

/** The layers the database knows, for ingest. */
export function openKnownLayers(pool: Pool): KnownLayers {
  return { load: (claims) => Promise.all(claims.map((claim) => loadListing(pool, claim))) };
}

interface LayerRow {
  id: number;
  tar_size: string;
  content_size: string;
  entry_count: number;
}

/** The blob must be known under this digest and, where it is claimed, this length, and must have held this DiffID: else it is read and checked. */
async function loadListing(pool: Pool, claim: BlobClaim): Promise<LayerListing | undefined> {
  const { rows } = await pool.query<LayerRow>(
    `SELECT layer.id, tar_size, content_size, entry_count FROM blob JOIN layer ON layer.id = blob.layer_id
     WHERE digest = $1 AND diff_id = $2 AND ($3::bigint IS NULL OR download_size = $3)`,
    [digestBytes(claim.digest), digestBytes(claim.diffId), claim.storedSize],
  );
  const layer = rows[0];
  if (layer === undefined) return undefined;
  const [columns, documents] = await Promise.all([loadEntries(pool, layer), loadDocuments(pool, layer.id)]);
  const sizes = { tarSize: Number(layer.tar_size), contentSize: Number(layer.content_size) };
  return { diffId: claim.diffId, ...sizes, ...columns, documents };
}

type EntryRow = [dir: string, name: string, kind: number, byteCount: string, target: string | null];

async function loadEntries(pool: Pool, layer: LayerRow) {
  const { rows } = await pool.query<EntryRow>({
    text: "SELECT dir, name, kind, byte_count, target FROM layer_entry WHERE layer_id = $1 ORDER BY ordinal",
    values: [layer.id],
    rowMode: "array",
  });
  const kind = new Uint8Array(rows.length);
  const byteCount = new Float64Array(rows.length);
  const path = new Array<string>(rows.length);
  const link = new Array<string>(rows.length);
  for (const [i, [dir, name, entryKind, bytes, target]] of rows.entries()) {
    kind[i] = entryKind;
    byteCount[i] = Number(bytes);
    path[i] = dir === "" ? name : `${dir}/${name}`;
    link[i] = target ?? "";
  }
  return { kind, byteCount, path, link };
}

async function loadDocuments(pool: Pool, layerId: number): Promise<Map<number, Uint8Array>> {
  const { rows } = await pool.query<{ ordinal: number; body: Buffer }>(
    "SELECT ordinal, body FROM layer_document WHERE layer_id = $1",
    [layerId],
  );
  return new Map(rows.map((row) => [row.ordinal, row.body]));
}
