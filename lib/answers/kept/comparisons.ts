import type { Pool } from "pg";
import { type Difference, diffArtifacts } from "#lib/analysis/sharing/diff.ts";
import type { ComponentDifference, DifferenceSide } from "#lib/analysis/sharing/diff-components.ts";
import { computeRetainedChanges, type UnitedGraph, uniteGraphs } from "#lib/analysis/sharing/united-graph.ts";
import { computeOrder } from "#lib/graph/ordering.ts";
import { computeRanks } from "#lib/graph/ranks.ts";
import type { ComponentChange, ComponentVersion } from "#lib/model/answer.ts";
import { type ArtifactPart, partKey } from "#lib/model/artifact-part.ts";
import type { HeldComponent } from "#lib/model/holding.ts";
import { commonUnit } from "#lib/model/measure-unit.ts";
import { loadPartComponents, loadPartGraph, loadPartHoldings, type PartGraph } from "../parts.ts";
import { KeptByUse } from "./by-use.ts";
import type { KeptGraph } from "./graphs.ts";

/** Rows of cached differences: some 300 bytes each with their edges, so at most about 60 MB. */
const KEPT_ROWS = 200_000;

/** One of two artifacts, or a part of one: its graph, and the rows of its nodes in the difference. */
export interface ComparedSide extends PartGraph {
  readonly rowOf: Int32Array;
}

/** Two united artifacts. */
export interface Comparison {
  readonly difference: Difference;
  /** The difference's components, as in an answer. */
  readonly rows: readonly ComponentChange[];
  readonly left: ComparedSide;
  readonly right: ComparedSide;
  /** Node i is row i. */
  readonly united: UnitedGraph;
  /** By row: the larger side's bytes (or 1, beside an SBOM) if they differ, 0 if unchanged; and how much of that only this row leads to. */
  readonly changedBytes: Float64Array;
  readonly retainedChange: Float64Array;
  /** Immediate dominator of each row in the united graph. */
  readonly dominator: Int32Array;
  /** Longest path from the left, and position in the rank, in a drawing of the united graph. */
  readonly rank: Int32Array;
  readonly order: Int32Array;
}

const kept = new KeptByUse<Comparison, string>(KEPT_ROWS, ({ rows }) => rows.length);

/** Two artifacts, or parts of them, compared. Scans are immutable, so a comparison stays valid. */
export function loadComparison(db: Pool, left: ArtifactPart, right: ArtifactPart): Promise<Comparison> {
  return kept.get(`${partKey(left)} ${partKey(right)}`, () => compare(db, [left, right]));
}

async function compare(db: Pool, parts: readonly [ArtifactPart, ArtifactPart]): Promise<Comparison> {
  const [holdings, components, leftGraph, rightGraph] = await Promise.all([
    loadPartHoldings(db, parts),
    loadPartComponents(db, parts),
    loadPartGraph(db, parts[0]),
    loadPartGraph(db, parts[1]),
  ]);
  const isCounted = commonUnit(holdings) === "components";
  const [before, after] = holdings.map((holding, i) => {
    return { holding, components: isCounted ? components[i]!.map(countOnce) : components[i]! };
  });
  const difference = diffArtifacts(before!, after!);
  const left = { ...leftGraph, rowOf: findRows(difference, "left", leftGraph.graph) };
  const right = { ...rightGraph, rowOf: findRows(difference, "right", rightGraph.graph) };
  const united = uniteGraphs(difference.components.length, toSideGraph(left), toSideGraph(right));
  const rows = difference.components.map(toComponentChange);
  const changedBytes = Float64Array.from(rows, toChangedBytes);
  const { retainedSize: retainedChange, dominator } = computeRetainedChanges(united, changedBytes);
  const rank = computeRanks(united.graph, [...united.left.roots, ...united.right.roots]);
  const order = computeOrder(united.graph, rank);
  return { rank, order, difference, rows, left, right, united, changedBytes, retainedChange, dominator };
}

/** Beside an SBOM, which states no bytes, each component of the other side counts as 1, too. */
function countOnce(held: HeldComponent): HeldComponent {
  return { ...held, selfSize: 1 };
}

/** Node index of one side → row. Every component is in exactly one. */
function findRows({ components }: Difference, side: "left" | "right", { nodes }: KeptGraph): Int32Array {
  const rowOf = new Int32Array(nodes.length);
  for (const [row, component] of components.entries()) {
    const held = component[side];
    if (held !== null) rowOf[held.nodeIndex] = row;
  }
  return rowOf;
}

function toSideGraph({ graph: { graph, roots }, rowOf }: ComparedSide) {
  return { graph, roots, rowOf };
}

function toComponentChange({ left, right, ...row }: ComponentDifference): ComponentChange {
  return { ...row, left: toVersion(left), right: toVersion(right) };
}

function toChangedBytes({ change, left, right }: ComponentChange): number {
  return change === "same" ? 0 : Math.max(left?.bytes ?? 0, right?.bytes ?? 0);
}

function toVersion(side: DifferenceSide | null): ComponentVersion | null {
  if (side === null) return null;
  const { nodeIndex: _, ...version } = side;
  return version;
}
