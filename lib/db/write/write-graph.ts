import type { Pool, PoolClient } from "pg";
import type { MeasuredGraph } from "#lib/graph/measured-graph.ts";
import { RootReason } from "#lib/model/root-reason.ts";
import type { GraphSnapshot } from "#lib/model/snapshot.ts";
import { ENGINE_VERSION } from "../engine-version.ts";
import { copyRows, rowNumbers } from "./copy-rows.ts";
import { toBytes } from "./to-bytes.ts";
import { withWriter } from "./transaction.ts";
import { writeSection } from "./write-section.ts";

interface GraphRows {
  artifactId: number;
  snapshot: GraphSnapshot;
  measured: MeasuredGraph;
  componentIds: Float64Array;
}

/** Stores the nodes of an artifact with their measures, and its graph packed. */
export async function writeGraph(client: PoolClient, rows: GraphRows): Promise<void> {
  const { artifactId, snapshot, measured, componentIds } = rows;
  // Measuring adds the nodes without referrers as roots.
  const reasonOf = new Map(Array.from(snapshot.roots, (root, i) => [root, snapshot.rootReasons[i]!]));
  await copyRows(client, "node", snapshot.components, {
    artifact_id: (field) => field.int4(artifactId),
    node_index: (field, _, i) => field.int4(i),
    component_id: (field, _, i) => field.int8(componentIds[i]!),
    instance_path: (field, { instancePath }) => field.text(instancePath),
    self_size: (field, _, i) => field.int8(snapshot.selfSize[i]!),
    closure_size: (field, _, i) => field.int8(measured.closureSize[i]!),
    retained_size: (field, _, i) => field.int8(measured.retainedSize[i]!),
    reference_count: (field, _, i) => field.int4(measured.referenceCount[i]!),
    referrer_count: (field, _, i) => field.int4(measured.referrerCount[i]!),
    live: (field, _, i) => field.boolean(snapshot.live[i] === 1),
    root: (field, _, i) => field.boolean(measured.root[i] === 1),
    root_reason: (field, _, i) =>
      field.int2(measured.root[i] === 1 ? (reasonOf.get(i) ?? RootReason.unreferred) : null),
  });
  await writePackedGraph(client, artifactId, measured);
}

/** Replaces the data derived from an artifact's graph, in one transaction; does nothing if the artifact was removed. */
export function rewriteMeasures(pool: Pool, artifactId: number, measured: MeasuredGraph): Promise<void> {
  return withWriter(pool, async (client) => {
    const { rowCount } = await client.query("SELECT FROM artifact WHERE id = $1", [artifactId]);
    if (rowCount === 0) return;
    await client.query(
      `UPDATE node SET closure_size = m.closure_size, retained_size = m.retained_size, root = m.root = 1,
         root_reason = CASE WHEN m.root = 0 THEN NULL WHEN node.root THEN node.root_reason ELSE $5 END
       FROM unnest($2::int8[], $3::int8[], $4::int4[]) WITH ORDINALITY AS m (closure_size, retained_size, root, position)
       WHERE artifact_id = $1 AND node_index = m.position - 1`,
      [artifactId, [...measured.closureSize], [...measured.retainedSize], [...measured.root], RootReason.unreferred],
    );
    await writePackedGraph(client, artifactId, measured);
  });
}

/** Replaces the packed graph of an artifact, and its section. */
async function writePackedGraph(client: PoolClient, artifactId: number, measured: MeasuredGraph): Promise<void> {
  const { graph, evidence, dominator, rank, order, section } = measured;
  await client.query(
    `INSERT INTO packed_graph (artifact_id, engine_version, offsets, targets, evidence, dominator, rank, "order")
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
     ON CONFLICT (artifact_id) DO UPDATE SET engine_version = $2, offsets = $3, targets = $4, evidence = $5,
       dominator = $6, rank = $7, "order" = $8`,
    [
      artifactId,
      ENGINE_VERSION,
      toBytes(graph.offsets),
      toBytes(graph.targets),
      evidence,
      ...[dominator, rank, order].map(toBytes),
    ],
  );
  await writeSection(client, artifactId, section);
}

/** Stores the component edges of an image with their evidence. */
export async function writeEdges(client: PoolClient, artifactId: number, { edges }: GraphSnapshot): Promise<void> {
  await copyRows(client, "edge", rowNumbers(edges.from.length), {
    artifact_id: (field) => field.int4(artifactId),
    ordinal: (field, i) => field.int4(i),
    from_index: (field, i) => field.int4(edges.from[i]!),
    to_index: (field, i) => field.int4(edges.to[i]!),
    evidence: (field, i) => field.int2(edges.evidence[i]!),
    detail: (field, i) => field.text(edges.details[edges.detail[i]!] ?? ""),
  });
}
