import type { Pool } from "pg";
import { digestBytes } from "#lib/model/digest.ts";
import type { BlobClaim, KnownLayers, LayerListing, ListingLimits } from "#lib/model/layer-listing.ts";
import { InputError } from "#lib/model/problem.ts";
import { READER_VERSION } from "../engine-version.ts";
import { loadDocuments } from "./load-documents.ts";
import { loadEntries } from "./load-entries.ts";

/** The layers the database knows, for ingest: those read by this version or, for reading what is stored, by any. */
export function openKnownLayers(pool: Pool, { readBy }: { readonly readBy: "this version" | "any" }): KnownLayers {
  const reader = readBy === "any" ? 0 : READER_VERSION;
  return {
    load: async (claims, limits) => {
      const rows = await Promise.all(claims.map((claim) => findLayer(pool, claim, reader)));
      checkEntries(rows, limits);
      return loadListings(pool, claims, rows, limits);
    },
  };
}

interface LayerRow {
  readonly id: number;
  readonly tarSize: number;
  readonly contentSize: number;
  readonly entryCount: number;
}

/** The blob must be known under this digest, with this length if one is claimed, and with this DiffID; otherwise it is read. */
async function findLayer(pool: Pool, claim: BlobClaim, reader: number): Promise<LayerRow | undefined> {
  const { rows } = await pool.query<LayerRow>(
    `SELECT layer.id, tar_size AS "tarSize", content_size AS "contentSize", entry_count AS "entryCount"
     FROM blob JOIN layer ON layer.id = blob.layer_id
     WHERE digest = $1 AND diff_id = $2 AND ($3::bigint IS NULL OR download_size = $3) AND entry_count IS NOT NULL
       AND reader_version >= $4`,
    [digestBytes(claim.digest), digestBytes(claim.diffId), claim.storedSize, reader],
  );
  return rows[0];
}

/** Each layer is within the limit; an image may have a thousand layers. */
function checkEntries(rows: readonly (LayerRow | undefined)[], { entries }: ListingLimits): void {
  const count = rows.reduce((total, row) => total + (row?.entryCount ?? 0), 0);
  if (count > entries) throw new InputError("limit-exceeded", "", `more than ${entries} entries in one image`);
}

/** One at a time, and each layer once, to keep no more in memory than is returned. */
async function loadListings(
  pool: Pool,
  claims: readonly BlobClaim[],
  rows: readonly (LayerRow | undefined)[],
  { documentBytes }: ListingLimits,
): Promise<(LayerListing | undefined)[]> {
  const loaded = new Map<number, LayerListing | undefined>();
  const budget = { documentBytes };
  for (const [i, row] of rows.entries()) {
    if (row !== undefined && !loaded.has(row.id)) loaded.set(row.id, await loadListing(pool, claims[i]!, row, budget));
  }
  return rows.map((row) => (row === undefined ? undefined : loaded.get(row.id)));
}

async function loadListing(
  pool: Pool,
  { diffId }: BlobClaim,
  { id, tarSize, contentSize, entryCount }: LayerRow,
  budget: { documentBytes: number },
): Promise<LayerListing | undefined> {
  const entries = await loadEntries(pool, id, entryCount);
  if (entries === undefined) return undefined;
  const documents = await loadDocuments(pool, id, budget);
  // `rm` may run between the two queries: a layer without its documents would be a layer without packages.
  if (!(await isThere(pool, id))) return undefined;
  return { diffId, tarSize, contentSize, ...entries, documents };
}

/** Ids are never reused: a row that still exists is the same layer, complete. */
async function isThere(pool: Pool, id: number): Promise<boolean> {
  const { rows } = await pool.query("SELECT FROM layer WHERE id = $1", [id]);
  return rows.length > 0;
}
