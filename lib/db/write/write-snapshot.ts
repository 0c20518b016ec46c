import type { Pool, PoolClient } from "pg";
import type { MeasuredGraph } from "#lib/graph/measured-graph.ts";
import type { AttachedMaterial } from "#lib/model/attached.ts";
import { type DiffId, digestBytes } from "#lib/model/digest.ts";
import type { LayerScan } from "#lib/model/layer.ts";
import { UnreachableError } from "#lib/model/problem.ts";
import type { ClosureSnapshot, ImageSnapshot, NamedArtifact, SbomSnapshot, Snapshot } from "#lib/model/snapshot.ts";
import type { StoreFiles } from "#lib/model/store-files.ts";
import { ENGINE_VERSION } from "../engine-version.ts";
import { type NotedArtifact, noteKnownArtifact } from "./known-artifact.ts";
import { listStoredLayers } from "./layer-ids.ts";
import { noteName } from "./note-name.ts";
import { clearReading, removeUnused } from "./remove-artifact.ts";
import { toStorable, toStorableJson } from "./storable-text.ts";
import { withWriter } from "./transaction.ts";
import { writeAttached } from "./write-attached.ts";
import { writeClosureCache } from "./write-closure-cache.ts";
import { writeComponents, writeStoreReferences } from "./write-components.ts";
import { writeFiles } from "./write-files.ts";
import { writeEdges, writeGraph } from "./write-graph.ts";
import { writeImage } from "./write-image.ts";
import { writeLayer } from "./write-layer.ts";
import { writeStoreFiles } from "./write-store-files.ts";

/** The result of storing a snapshot: its artifact, and whether it was already stored. */
export interface WrittenSnapshot extends NotedArtifact {
  readonly known: boolean;
}

/**
 * Stores a snapshot with all its rows in one transaction. If the artifact is already stored, only its name is recorded; an image
 * known by its manifest alone becomes whole. The files of a closure's items are added either way; the problems are then replaced, because they concern these files too.
 */
export function writeSnapshot(
  pool: Pool,
  snapshot: Snapshot,
  measured: MeasuredGraph,
  { files, signal }: { readonly files?: readonly StoreFiles[]; readonly signal?: AbortSignal } = {},
): Promise<WrittenSnapshot> {
  const scans = snapshot.kind === "image" ? snapshot.layers.flatMap(({ scan }) => scan ?? []) : [];
  const complete = async () => ({ snapshot, measured, files });
  return writeWhileRead(pool, { named: snapshot, scans, complete, signal });
}

/** A snapshot, and the files of a closure's items if they were read. */
export interface CompleteSnapshot {
  readonly snapshot: Snapshot;
  readonly measured: MeasuredGraph;
  readonly files?: readonly StoreFiles[];
  /** What comes with an image. */
  readonly attached?: AttachedMaterial | undefined;
}

/** A snapshot in the making. */
export interface PendingSnapshot {
  readonly named: NamedArtifact;
  /** Its layers that the database may not have, each emitted as soon as it is scanned. */
  readonly scans: AsyncIterable<LayerScan> | Iterable<LayerScan>;
  /** Returns the rest once these are written: by then, the memory only they needed is free. */
  readonly complete: () => Promise<CompleteSnapshot>;
  /** If aborted at any point before the end, the transaction is rolled back. */
  readonly signal?: AbortSignal;
}

/**
 * The same for an image whose layers are still being read: each is written while the next is scanned. Other writers wait for the
 * whole transaction, so it begins near the end of reading. Rejects if `complete` does, and then nothing is written.
 */
export function writeWhileRead(
  pool: Pool,
  { named, scans, complete, signal }: PendingSnapshot,
): Promise<WrittenSnapshot> {
  return withWriter(pool, async (client) => {
    const known = await noteKnownArtifact(client, named);
    if (known === undefined) for await (const scan of scans) await writeLayer(client, scan);
    const rest = await complete();
    if (known !== undefined) await addFiles(client, known.artifactId, rest);
    const written = known ?? (await writeArtifact(client, rest));
    signal?.throwIfAborted();
    return { ...written, known: known !== undefined };
  });
}

/** Stores all but the layers, which are stored by now. */
async function writeArtifact(
  client: PoolClient,
  { snapshot, measured, files, attached }: CompleteSnapshot,
): Promise<NotedArtifact> {
  const unused = await clearEarlierReading(client, snapshot);
  const artifactId = await insertArtifact(client, snapshot, measured);
  const naming = await noteName(client, artifactId, snapshot);
  await writeOwnRows(client, artifactId, snapshot);
  const components = await writeComponents(client, snapshot.graph.components);
  await writeGraph(client, { artifactId, snapshot: snapshot.graph, measured, componentIds: components.ids });
  if (snapshot.kind === "closure") await writeStoreReferences(client, components, snapshot.graph.edges);
  else await writeEdges(client, artifactId, snapshot.graph);
  if (files !== undefined) await writeStoreFiles(client, components.ids, files);
  if (attached !== undefined) await writeAttached(client, artifactId, attached);
  await removeUnused(client, unused);
  return { artifactId, naming };
}

/** Of an image that an earlier version read: deletes what it found, and returns the components that nothing else has. */
async function clearEarlierReading(client: PoolClient, { digest }: NamedArtifact): Promise<readonly number[]> {
  const { rows } = await client.query<{ id: number }>(
    `SELECT a.id FROM artifact a JOIN image i ON i.artifact_id = a.id WHERE a.digest = $1 AND i.rootfs_size IS NOT NULL`,
    [digestBytes(digest)],
  );
  return rows[0] === undefined ? [] : clearReading(client, rows[0].id);
}

/** The rows of the tables of its kind. */
function writeOwnRows(client: PoolClient, artifactId: number, snapshot: Snapshot): Promise<void> {
  if (snapshot.kind === "image") return writeImageSnapshot(client, artifactId, snapshot);
  return snapshot.kind === "closure"
    ? insertClosure(client, artifactId, snapshot)
    : insertSbom(client, artifactId, snapshot);
}

/** Adds to a stored closure what this scan knows besides; its nodes equal the snapshot's, because their digests are the same. */
async function addFiles(client: PoolClient, artifactId: number, { snapshot, files }: CompleteSnapshot): Promise<void> {
  await writeCacheFacts(client, artifactId, snapshot);
  if (files === undefined) return;
  const { rows } = await client.query<{ component_id: number }>(
    "SELECT component_id FROM node WHERE artifact_id = $1 ORDER BY node_index",
    [artifactId],
  );
  await writeStoreFiles(
    client,
    Float64Array.from(rows, (row) => row.component_id),
    files,
  );
  await client.query("UPDATE artifact SET problems = $2 WHERE id = $1", [
    artifactId,
    toStorableJson(snapshot.problems),
  ]);
}

/** The id of the artifact's row: a new one, or that of an image that was known by its manifest alone. */
async function insertArtifact(client: PoolClient, snapshot: Snapshot, { graph }: MeasuredGraph): Promise<number> {
  const { rows } = await client.query<{ id: number }>(
    `INSERT INTO artifact (kind, digest, platform, node_count, edge_count, problems, engine_version)
     VALUES ($1, $2, $3, $4, $5, $6, $7)
     ON CONFLICT (digest) DO UPDATE SET node_count = $4, edge_count = $5, problems = $6, engine_version = $7,
       scanned_at = now() RETURNING id`,
    [
      snapshot.kind,
      digestBytes(snapshot.digest),
      toStorable(snapshot.kind === "image" ? snapshot.platform : ""),
      graph.nodeCount,
      graph.edgeCount,
      toStorableJson(snapshot.problems),
      ENGINE_VERSION,
    ],
  );
  return rows[0]!.id;
}

async function insertClosure(client: PoolClient, artifactId: number, closure: ClosureSnapshot): Promise<void> {
  await client.query(
    "INSERT INTO closure (artifact_id, store_dir, closure_size, roots_known, roots) VALUES ($1, $2, $3, $4, $5)",
    [artifactId, closure.storeDir, closure.closureSize, closure.rootsKnown, [...closure.graph.roots]],
  );
  await writeCacheFacts(client, artifactId, closure);
}

async function writeCacheFacts(client: PoolClient, artifactId: number, snapshot: Snapshot): Promise<void> {
  const facts = snapshot.kind === "closure" ? snapshot.cacheFacts : undefined;
  if (facts !== undefined) await writeClosureCache(client, artifactId, facts);
}

async function insertSbom(client: PoolClient, artifactId: number, sbom: SbomSnapshot): Promise<void> {
  await client.query(
    "INSERT INTO sbom (artifact_id, format, spec_version, document_name, file_count) VALUES ($1, $2, $3, $4, $5)",
    [artifactId, sbom.format, toStorable(sbom.specVersion), toStorable(sbom.documentName), sbom.fileCount],
  );
}

async function writeImageSnapshot(client: PoolClient, artifactId: number, image: ImageSnapshot): Promise<void> {
  const layerIds = await findLayerIds(
    client,
    image.layers.map((layer) => layer.diffId),
  );
  await writeImage(client, artifactId, image, layerIds);
  await writeFiles(client, artifactId, image, layerIds);
}

async function findLayerIds(client: PoolClient, diffIds: readonly DiffId[]): Promise<number[]> {
  const ids = await listStoredLayers(client, diffIds, { onlyRead: true });
  return diffIds.map((diffId) => {
    const id = ids.get(diffId);
    // Only `rm` deletes layers, and it waits for the writers' lock: it may have run between our check and now.
    if (id === undefined)
      throw new UnreachableError(`layer ${diffId} was removed by another command during the scan; scan again`);
    return id;
  });
}
