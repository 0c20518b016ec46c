import { int32Column } from "./columns.ts";
import { NODE_COLUMNS, type NodeRecord, type NodeRow, toNodeRow } from "./list-nodes.ts";
import type { Queryable } from "./queryable.ts";

/** One artifact's whole graph with its measures, as typed arrays for traversal. Row i of `nodes` is node i. */
export interface ArtifactGraph {
  readonly nodes: readonly NodeRow[];
  /** CSR, as in lib/graph: `nodeCount + 1` offsets; targets ascending in each row. */
  readonly graph: {
    readonly nodeCount: number;
    readonly edgeCount: number;
    readonly offsets: Int32Array;
    readonly targets: Int32Array;
  };
  /** Parallel to targets; values of Evidence. */
  readonly evidence: Uint8Array;
  /** Immediate dominators, -1 directly under the virtual root. */
  readonly dominator: Int32Array;
  /** Column and row in the drawing. */
  readonly rank: Int32Array;
  readonly order: Int32Array;
}

type PackedRecord = Record<"offsets" | "targets" | "evidence" | "dominator" | "rank" | "order", Buffer>;

/** The graph of one artifact, or `undefined` if no artifact has that id. Reads every node: for traversals, not for lists. */
export async function loadGraph(db: Queryable, artifactId: number): Promise<ArtifactGraph | undefined> {
  const [packed, nodes] = await Promise.all([
    db.query<PackedRecord>(
      `SELECT offsets, targets, evidence, dominator, rank, "order" FROM packed_graph WHERE artifact_id = $1`,
      [artifactId],
    ),
    db.query<NodeRecord>(
      `SELECT ${NODE_COLUMNS} FROM node n JOIN component c ON c.id = n.component_id WHERE n.artifact_id = $1 ORDER BY n.node_index`,
      [artifactId],
    ),
  ]);
  const row = packed.rows[0];
  if (row === undefined) return undefined;
  const loaded = toArtifactGraph(row, nodes.rows.map(toNodeRow));
  // `rm` may run between the two queries: return no graph rather than half of one.
  return loaded.graph.offsets.length === loaded.nodes.length + 1 ? loaded : undefined;
}

function toArtifactGraph(row: PackedRecord, nodes: readonly NodeRow[]): ArtifactGraph {
  const offsets = int32Column(row.offsets);
  const targets = int32Column(row.targets);
  return {
    nodes,
    graph: { nodeCount: nodes.length, edgeCount: targets.length, offsets, targets },
    evidence: Uint8Array.from(row.evidence),
    dominator: int32Column(row.dominator),
    rank: int32Column(row.rank),
    order: int32Column(row.order),
  };
}
