import { RootReason } from "#lib/model/root-reason.ts";
import type { GraphSnapshot, SnapshotEdges } from "#lib/model/snapshot.ts";
import type { Queryable } from "./queryable.ts";

/** Input of measuring a graph: everything but names. */
export type StoredGraph = Pick<GraphSnapshot, "selfSize" | "edges" | "roots">;

/** An artifact's graph from the relational tables, as it was before measuring: without the roots that measuring added. */
export async function loadSnapshotGraph(db: Queryable, artifactId: number): Promise<StoredGraph> {
  const nodes = await db.query<{ self_size: number; root: boolean }>(
    `SELECT self_size, root AND root_reason IS DISTINCT FROM ${RootReason.unreferred} AS root
     FROM node WHERE artifact_id = $1 ORDER BY node_index`,
    [artifactId],
  );
  const edges = await loadEdges(db, artifactId);
  const rows = nodes.rows;
  return {
    selfSize: Float64Array.from(rows, (row) => row.self_size),
    roots: Int32Array.from(rows.flatMap((row, i) => (row.root ? [i] : []))),
    edges,
  };
}

interface EdgeRecord {
  from_index: number;
  to_index: number;
  evidence: number;
}

/** An image's edges are its own; a closure's are its members' store references. */
async function loadEdges(db: Queryable, artifactId: number): Promise<SnapshotEdges> {
  const { rows } = await db.query<EdgeRecord>(
    `SELECT from_index, to_index, evidence FROM edge WHERE artifact_id = $1
     UNION ALL
     SELECT f.node_index, t.node_index, 0 FROM node f
     JOIN store_reference r ON r.referrer_id = f.component_id
     JOIN node t ON t.artifact_id = f.artifact_id AND t.component_id = r.reference_id
     WHERE f.artifact_id = $1`,
    [artifactId],
  );
  return {
    from: Int32Array.from(rows, (row) => row.from_index),
    to: Int32Array.from(rows, (row) => row.to_index),
    evidence: Uint8Array.from(rows, (row) => row.evidence),
    detail: new Int32Array(rows.length).fill(-1),
    details: [],
  };
}
