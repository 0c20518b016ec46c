import type { ComponentKind } from "#lib/model/component.ts";
import { int4Column, int8Column, int32Column } from "./columns.ts";
import { NODE_ID, type NodeRow, toNodeRow } from "./list-nodes.ts";
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

interface NumbersRecord {
  readonly selfSize: Buffer;
  readonly closureSize: Buffer;
  readonly retainedSize: Buffer;
  readonly referenceCount: Buffer;
  readonly referrerCount: Buffer;
  readonly live: Buffer;
  readonly root: Buffer;
  readonly reason: Buffer;
}

const NUMBERS: Readonly<Record<keyof NumbersRecord, string>> = {
  selfSize: "int8send(self_size)",
  closureSize: "int8send(closure_size)",
  retainedSize: "int8send(retained_size)",
  referenceCount: "int4send(reference_count)",
  referrerCount: "int4send(referrer_count)",
  live: "int4send(live::int)",
  root: "int4send(root::int)",
  reason: "int4send(coalesce(root_reason, -1))",
};

const PACKED_NUMBERS = Object.entries(NUMBERS).map(
  ([name, sent]) => `coalesce(string_agg(${sent}, '' ORDER BY node_index), '') AS "${name}"`,
);

/** Packed by the database: as 800,000 texts they would take three times as long. */
const NODE_NUMBERS = `SELECT ${PACKED_NUMBERS.join(", ")} FROM node WHERE artifact_id = $1`;

const NODE_NAMES = `SELECT ${NODE_ID} AS id, c.kind, c.name, c.version FROM node n JOIN component c ON c.id = n.component_id
  WHERE n.artifact_id = $1 ORDER BY n.node_index`;

interface NameRecord {
  readonly id: string;
  readonly kind: ComponentKind;
  readonly name: string;
  readonly version: string;
}

/** The graph of one artifact, or `undefined` if no artifact has that id. Reads every node: for traversals, not for lists. */
export async function loadGraph(db: Queryable, artifactId: number): Promise<ArtifactGraph | undefined> {
  const values = [artifactId];
  const [packed, numbers, names] = await Promise.all([
    db.query<PackedRecord>(
      `SELECT offsets, targets, evidence, dominator, rank, "order" FROM packed_graph WHERE artifact_id = $1`,
      values,
    ),
    db.query<NumbersRecord>(NODE_NUMBERS, values),
    db.query<NameRecord>(NODE_NAMES, values),
  ]);
  const row = packed.rows[0];
  if (row === undefined) return undefined;
  const nodes = toNodes(names.rows, numbers.rows[0]!);
  const offsets = int32Column(row.offsets);
  // `rm` may run between the queries: return no graph rather than half of one.
  return offsets.length === (nodes?.length ?? 0) + 1 ? toArtifactGraph(row, offsets, nodes ?? []) : undefined;
}

/** `undefined` if the two differ in length. */
function toNodes(names: readonly NameRecord[], packed: NumbersRecord): NodeRow[] | undefined {
  const [selfSize, closureSize] = [int8Column(packed.selfSize), int8Column(packed.closureSize)];
  const retainedSize = int8Column(packed.retainedSize);
  const [references, referrers] = [int4Column(packed.referenceCount), int4Column(packed.referrerCount)];
  const [live, root, reason] = [int4Column(packed.live), int4Column(packed.root), int4Column(packed.reason)];
  if (selfSize.length !== names.length) return undefined;
  return names.map((name, i) =>
    toNodeRow({
      nodeIndex: i,
      ...name,
      selfSize: selfSize[i]!,
      closureSize: closureSize[i]!,
      retainedSize: retainedSize[i]!,
      referenceCount: references[i]!,
      referrerCount: referrers[i]!,
      live: live[i] === 1,
      root: root[i] === 1,
      reason: reason[i] === NO_REASON ? null : reason[i]!,
    }),
  );
}

const NO_REASON = -1;

function toArtifactGraph(row: PackedRecord, offsets: Int32Array, nodes: readonly NodeRow[]): ArtifactGraph {
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
