import type { Pool, PoolClient } from "pg";
import type { MeasuredGraph } from "#lib/graph/measured-graph.ts";
import { digestBytes } from "#lib/model/digest.ts";
import type { ClosureSnapshot, ImageSnapshot, Snapshot } from "#lib/model/snapshot.ts";
import { toStorable, toStorableJson } from "./storable-text.ts";
import { withWriter } from "./transaction.ts";
import { writeComponents, writeStoreReferences } from "./write-components.ts";
import { writeFiles } from "./write-files.ts";
import { ENGINE_VERSION, writeEdges, writeGraph } from "./write-graph.ts";
import { writeImage } from "./write-image.ts";
import { writeLayer } from "./write-layer.ts";

/** What became of a snapshot: its artifact's id, and whether it was there before. */
export interface WrittenSnapshot {
  readonly artifactId: number;
  readonly known: boolean;
}

/** Stores a snapshot with all it needs in one transaction. One that is there already only gets its name noted. */
export function writeSnapshot(pool: Pool, snapshot: Snapshot, measured: MeasuredGraph): Promise<WrittenSnapshot> {
  return withWriter(pool, async (client) => {
    const known = await noteKnownArtifact(client, snapshot);
    if (known !== undefined) return { artifactId: known, known: true };
    const artifactId = await insertArtifact(client, snapshot, measured);
    await noteName(client, artifactId, snapshot);
    if (snapshot.kind === "image") await writeImageSnapshot(client, artifactId, snapshot);
    else await insertClosure(client, artifactId, snapshot);
    const components = await writeComponents(client, snapshot.graph.components);
    await writeGraph(client, { artifactId, snapshot: snapshot.graph, measured, componentIds: components.ids });
    if (snapshot.kind === "image") await writeEdges(client, artifactId, snapshot.graph);
    else await writeStoreReferences(client, components, snapshot.graph.edges);
    return { artifactId, known: false };
  });
}

/** An artifact as a source names it, before or without reading it. */
export type NamedArtifact = Pick<Snapshot, "digest" | "name" | "source">;

/** Notes that a known artifact was seen again, under this name; its id, or `undefined` when it is not known. */
export function touchArtifact(pool: Pool, named: NamedArtifact): Promise<number | undefined> {
  return withWriter(pool, (client) => noteKnownArtifact(client, named));
}

async function noteKnownArtifact(client: PoolClient, named: NamedArtifact): Promise<number | undefined> {
  const { rows } = await client.query<{ id: number }>("SELECT id FROM artifact WHERE digest = $1", [
    digestBytes(named.digest),
  ]);
  const id = rows[0]?.id;
  if (id !== undefined) await noteName(client, id, named);
  return id;
}

async function noteName(client: PoolClient, artifactId: number, { name, source }: NamedArtifact): Promise<void> {
  await client.query(
    `INSERT INTO artifact_name (artifact_id, name, source, seen_at) VALUES ($1, $2, $3, clock_timestamp())
     ON CONFLICT (artifact_id, name) DO UPDATE SET source = excluded.source, seen_at = excluded.seen_at`,
    [artifactId, toStorable(name), toStorable(source)],
  );
}

async function insertArtifact(client: PoolClient, snapshot: Snapshot, { graph }: MeasuredGraph): Promise<number> {
  const { rows } = await client.query<{ id: number }>(
    `INSERT INTO artifact (kind, digest, platform, node_count, edge_count, problems, engine_version)
     VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id`,
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
}

async function writeImageSnapshot(client: PoolClient, artifactId: number, image: ImageSnapshot): Promise<void> {
  const layerIds: number[] = [];
  for (const layer of image.layers) {
    layerIds.push(
      layer.scan === undefined ? await findLayerId(client, layer.diffId) : await writeLayer(client, layer.scan),
    );
  }
  await writeImage(client, artifactId, image, layerIds);
  await writeFiles(client, artifactId, image, layerIds);
}

async function findLayerId(client: PoolClient, diffId: ImageSnapshot["layers"][number]["diffId"]): Promise<number> {
  const { rows } = await client.query<{ id: number }>("SELECT id FROM layer WHERE diff_id = $1", [digestBytes(diffId)]);
  // Only `rm` takes layers away, and it waits for the writers' lock: between our look and now it may have had it.
  if (rows[0] === undefined) throw new Error(`layer ${diffId} was removed while it was needed: scan again`);
  return rows[0].id;
}
