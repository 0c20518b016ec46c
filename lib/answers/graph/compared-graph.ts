import type { Pool } from "pg";
import { toSide } from "#lib/analysis/sharing/change-tree.ts";
import { edgeSides } from "#lib/analysis/sharing/united-graph.ts";
import { edgeCountOf } from "#lib/graph/graph.ts";
import type { ArtifactLabel } from "#lib/model/answer.ts";
import { type ArtifactPart, partKey } from "#lib/model/artifact-part.ts";
import { commonUnit, type MeasureUnit } from "#lib/model/measure-unit.ts";
import type { Overview, OverviewNode } from "#lib/model/overview.ts";
import { type Comparison, loadComparison } from "../kept/comparisons.ts";
import { loadOverview } from "../kept/overviews.ts";
import { loadLabels } from "../labels.ts";
import { whileWhole } from "../while-whole.ts";
import { findNodeIndex, type NodeName } from "../why.ts";
import type { GraphQuestion } from "./artifact-graph.ts";
import { type ComparedDetail, type ComparedNode, loadComparedDetail, toComparedNode } from "./compared-detail.ts";
import { graphFacts } from "./graph-facts.ts";
import type { OverviewSource } from "./list-overview.ts";
import type { Listed } from "./node-detail.ts";

const MAX_MATCHES = 20;

/** What was selected and found in two united graphs, however they are drawn. */
export interface ComparedSelection {
  readonly artifacts: readonly [ArtifactLabel, ArtifactLabel];
  readonly unit: MeasureUnit;
  readonly nodeCount: number;
  /** Rows that differ between the sides. */
  readonly changeCount: number;
  readonly selected: ComparedDetail | undefined;
  readonly matches: Listed<ComparedNode>;
}

export interface ComparedGraphAnswer extends ComparedSelection {
  readonly overview: Overview;
}

/**
 * Two artifacts' graphs as one drawing: changes, the nodes that lead to them, the rest in groups. A node's index is its row of
 * the difference. Throws a UsageError if a name matches no component, or several; a GoneError if an artifact is removed
 * meanwhile.
 */
export function answerComparedGraph(
  db: Pool,
  parts: readonly [ArtifactPart, ArtifactPart],
  question: Omit<GraphQuestion, "filter" | "rows">,
): Promise<ComparedGraphAnswer> {
  return whileWhole(db, parts, async () => {
    const comparison = await loadComparison(db, ...parts);
    const { wanted, ...selection } = await selectNodes(db, parts, comparison, question);
    const key = parts.map(partKey).join(" ");
    const asked = { open: question.open, wanted };
    return { ...selection, overview: await loadOverview(key, toSource(comparison, selection.unit), asked) };
  });
}

/** Only what is selected and found there: the map of two artifacts draws all of it. Throws like `answerComparedGraph`. */
export function answerComparedSelection(
  db: Pool,
  parts: readonly [ArtifactPart, ArtifactPart],
  question: Pick<GraphQuestion, "node" | "focus" | "search">,
): Promise<ComparedSelection> {
  return whileWhole(db, parts, async () => {
    const { wanted: _, ...selection } = await selectNodes(db, parts, await loadComparison(db, ...parts), question);
    return selection;
  });
}

/** `wanted`: the rows that are drawn whatever their size. */
async function selectNodes(
  db: Pool,
  parts: readonly [ArtifactPart, ArtifactPart],
  comparison: Comparison,
  question: Pick<GraphQuestion, "node" | "focus" | "search">,
): Promise<ComparedSelection & { readonly wanted: readonly number[] }> {
  const [left, right] = await loadLabels(db, parts);
  const nodes = comparison.rows.map((_, row) => toComparedNode(comparison, row));
  const rowOf = (name: NodeName | undefined) => (name === undefined ? undefined : findNodeIndex(nodes, name));
  const [row, focus] = [rowOf(question.node), rowOf(question.focus)];
  const asked = { comparison, leftId: parts[0].id, rightId: parts[1].id };
  return {
    artifacts: [left!, right!],
    unit: commonUnit([left!, right!]),
    nodeCount: nodes.length,
    changeCount: comparison.rows.filter(({ change }) => change !== "same").length,
    selected: row === undefined ? undefined : await loadComparedDetail(db, { ...asked, row }),
    matches: findMatches(nodes, question.search),
    wanted: [focus, row].filter((wish) => wish !== undefined),
  };
}

/** The united graph: changes first, by how much of them only a component leads to. */
function toSource(comparison: Comparison, unit: MeasureUnit): OverviewSource {
  const { rows, united, changedBytes, retainedChange, dominator, rank, order } = comparison;
  const roots = Int32Array.from(new Set([...united.left.roots, ...united.right.roots]));
  const facts = graphFacts({ graph: united.graph, dominator, roots });
  const isRoot = new Set(roots);
  return {
    graph: united.graph,
    ...facts,
    selfSize: changedBytes,
    // A change of no bytes comes before what is unchanged.
    importance: retainedChange.map((bytes, row) => (rows[row]!.change === "same" ? bytes : bytes + 0.5)),
    rank,
    rootCount: roots.length,
    unit,
    toNode: (row): OverviewNode => {
      const { kind, name, version, versionBefore, id, side } = toComparedNode(comparison, row);
      const sizes = { selfSize: changedBytes[row]!, closureSize: 0, retainedSize: retainedChange[row]! };
      return {
        ...{ nodeIndex: row, kind, name, version, id, side, versionBefore, ...sizes, root: isRoot.has(row) },
        ...{ rank: rank[row]!, order: order[row]!, cycle: facts.cycle[row]!, layer: -1 },
        ...{ keptCount: facts.keptCount[row]!, reach: facts.reach[row]! },
        referenceCount: edgeCountOf(united.graph, row),
        referrerCount: facts.referrerCount[row]!,
      };
    },
    toEdge: (from, to) => ({ evidence: undefined, side: toSide(edgeSides(united, from, to)) }),
  };
}

function findMatches(nodes: readonly ComparedNode[], search: string): Listed<ComparedNode> {
  const wanted = search.trim().toLowerCase();
  if (wanted === "") return { rows: [], count: 0 };
  const found = nodes.filter(({ name, left, right }) =>
    `${name}\n${left?.id ?? ""}\n${right?.id ?? ""}`.toLowerCase().includes(wanted),
  );
  return { rows: found.slice(0, MAX_MATCHES), count: found.length };
}
