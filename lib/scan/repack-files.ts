import type { Pool } from "pg";
import { openKnownLayers } from "#lib/db/layers/known-layers.ts";
import { firstRows } from "#lib/db/queries/columns.ts";
import { listHeldComponents } from "#lib/db/queries/list-held-components.ts";
import { listLayerIds } from "#lib/db/queries/list-layer-ids.ts";
import { listLayers } from "#lib/db/queries/list-layers.ts";
import { loadOwners } from "#lib/db/queries/load-owners.ts";
import { withWriter } from "#lib/db/write/transaction.ts";
import { writeFiles } from "#lib/db/write/write-files.ts";
import { toPackage } from "#lib/ingest/image/build-image-snapshot.ts";
import { LISTING_LIMITS } from "#lib/ingest/image/scan-layers.ts";
import { findVisibleBodies } from "#lib/ingest/image/visible-bodies.ts";
import { detectComponents } from "#lib/ingest/packages/detect-components.ts";
import { squash } from "#lib/ingest/squash/squash.ts";
import { type DiffId, type Digest, parseDiffId, parseDigest } from "#lib/model/digest.ts";
import type { FileNode } from "#lib/model/file-tree.ts";
import type { HeldComponent } from "#lib/model/holding.ts";
import type { LayerListing } from "#lib/model/layer-listing.ts";

/**
 * Packs an image's visible bodies again from the tables: its layers are squashed again, its owners stay. The name that determines
 * each body's owner is found again.
 */
export async function repackFiles(pool: Pool, artifactId: number): Promise<void> {
  const rows = await listLayers(pool, [artifactId]);
  const claims = rows.map(({ digest, diffId, downloadSize }) => ({
    ...toDigests(digest, diffId),
    storedSize: downloadSize,
  }));
  const loaded = await openKnownLayers(pool, { readBy: "any" }).load(claims, LISTING_LIMITS);
  const listings = loaded.map((listing, i) => listing ?? throwUnknown(rows[i]!.diffId));
  const ownerOf = toOwnerOf(listings, await loadOwners(pool, artifactId));
  const { tree } = squash(listings);
  const diffIds = listings.map(({ diffId }) => diffId);
  const { nameOf } = detectComponents(tree, { source: "", command: [], diffIds });
  const [components] = await listHeldComponents(pool, [artifactId]);
  const packageOf = (owner: number) => toPackageIdentity(components![owner]);
  const bodies = findVisibleBodies(tree.names, { layerCount: listings.length, nameOf, ownerOf, packageOf });
  const image = { layers: listings.map(({ kind }) => ({ entryCount: kind.length })), bodies };
  await withWriter(pool, async (client) => {
    const layerIds = await listLayerIds(client, artifactId);
    // `rm` may have run meanwhile.
    if (layerIds.length === rows.length) await writeFiles(client, artifactId, image, layerIds);
  });
}

function toDigests(digest: string, diffId: string): { digest: Digest; diffId: DiffId } {
  const digests = { digest: parseDigest(digest), diffId: parseDiffId(diffId) };
  if (digests.digest === undefined || digests.diffId === undefined) throw new Error(`${digest}, ${diffId}: no digests`);
  return { digest: digests.digest, diffId: digests.diffId };
}

function throwUnknown(diffId: string): never {
  throw new Error(`no blob is stored for layer ${diffId}: remove the image and scan it again`);
}

/** A place is made of the purl; only instances (npm, Python, conda) have a `#path` in their id as well. */
function toPackageIdentity(held: HeldComponent | undefined): string | undefined {
  if (held === undefined) return undefined;
  const { kind, id, instancePath } = held;
  return toPackage({ kind, identity: instancePath === "" ? id : id.slice(0, -instancePath.length - 1) });
}

function toOwnerOf(listings: readonly LayerListing[], owners: Int32Array): (node: FileNode) => number | undefined {
  const first = firstRows(listings.map(({ kind }) => ({ entryCount: kind.length })));
  return ({ layer, entry }) => {
    const owner = owners[first[layer]! + entry] ?? -1;
    return owner < 0 ? undefined : owner;
  };
}
