import type { Pool } from "pg";
import { buildChangeTree, toSide } from "#lib/analysis/sharing/change-tree.ts";
import { edgeSides } from "#lib/analysis/sharing/united-graph.ts";
import { OPENING_NODES, type VisibleGraph } from "#lib/analysis/visible.ts";
import type { ArtifactLabel } from "#lib/model/answer.ts";
import type { ArtifactPart } from "#lib/model/artifact-part.ts";
import { commonUnit, type MeasureUnit } from "#lib/model/measure-unit.ts";
import { type Comparison, loadComparison } from "../kept/comparisons.ts";
import { loadLabels } from "../labels.ts";
import { whileWhole } from "../while-whole.ts";
import { findNodeIndex, type NodeName } from "../why.ts";
import type { GraphQuestion } from "./artifact-graph.ts";
import { type ComparedDetail, type ComparedNode, loadComparedDetail, toComparedNode } from "./compared-detail.ts";
import type { Listed } from "./node-detail.ts";
import { chooseDrawn, type Drawing, drawPicture, type GraphPicture, type UnplacedElement } from "./picture.ts";

const MAX_MATCHES = 20;

export interface ComparedGraphAnswer {
  readonly artifacts: readonly [ArtifactLabel, ArtifactLabel];
  readonly picture: GraphPicture;
  /** Rows that differ between the sides. */
  readonly changeCount: number;
  readonly selected: ComparedDetail | undefined;
  readonly matches: Listed<ComparedNode>;
}

/**
 * Two artifacts' graphs as one drawing: changes, the nodes that lead to them, the rest in groups. A node's index is its row of
 * the difference. Throws a UsageError if a name matches no component, or several; a GoneError if an artifact is removed
 * meanwhile.
 */
export function answerComparedGraph(
  db: Pool,
  parts: readonly [ArtifactPart, ArtifactPart],
  question: Omit<GraphQuestion, "limit">,
): Promise<ComparedGraphAnswer> {
  return whileWhole(db, parts, async () => {
    const [[left, right], comparison] = await Promise.all([loadLabels(db, parts), loadComparison(db, ...parts)]);
    const nodes = comparison.rows.map((_, row) => toComparedNode(comparison, row));
    const rowOf = (name: NodeName | undefined) => (name === undefined ? undefined : findNodeIndex(nodes, name));
    const [row, focus] = [rowOf(question.node), rowOf(question.focus)];
    const asked = { comparison, leftId: parts[0].id, rightId: parts[1].id };
    return {
      artifacts: [left!, right!],
      picture: draw(comparison, commonUnit([left!, right!]), chooseRows(comparison, question.open, focus ?? row)),
      changeCount: comparison.rows.filter(({ change }) => change !== "same").length,
      selected: row === undefined ? undefined : await loadComparedDetail(db, { ...asked, row }),
      matches: findMatches(nodes, question.search),
    };
  });
}

/**
 * The largest changes with their dependency paths, then the components that retain most of the changes, then changes of no bytes.
 * Unchanged components are in groups.
 */
function chooseRows(comparison: Comparison, open: readonly number[], focus: number | undefined): VisibleGraph {
  const { rows, united, changedBytes, retainedChange, dominator } = comparison;
  const first = new Set(buildChangeTree(rows, united).nodes.map(({ row }) => row));
  const retaining = [...rows.keys()].filter((row) => retainedChange[row]! > 0);
  for (const row of retaining.sort((a, b) => retainedChange[b]! - retainedChange[a]! || a - b)) first.add(row);
  for (const [row, { change }] of rows.entries()) if (change !== "same") first.add(row);
  const question = {
    graph: united.graph,
    selfSize: changedBytes,
    retainedSize: retainedChange,
    dominator,
    first: [...first],
    limit: Math.min(OPENING_NODES, first.size),
  };
  return chooseDrawn(question, open, focus);
}

function draw(comparison: Comparison, unit: MeasureUnit, visible: VisibleGraph): GraphPicture {
  const drawn = new Set(visible.nodes);
  const allChanges = comparison.rows.every(({ change }, row) => change === "same" || drawn.has(row));
  return drawPicture({ ...toDrawing(comparison, allChanges), unit }, visible);
}

/** `allChanges`: every change has a separate box, so groups contain none. */
function toDrawing(comparison: Comparison, allChanges: boolean): Omit<Drawing, "unit"> {
  const { rows, united, retainedChange, changedBytes } = comparison;
  const roots = new Set([...united.left.roots, ...united.right.roots]);
  return {
    retainedSize: retainedChange,
    toNode: (row): UnplacedElement => {
      const { kind, name, version, versionBefore, id, side } = toComparedNode(comparison, row);
      const sizes = { selfSize: changedBytes[row]!, closureSize: 0, retainedSize: retainedChange[row]! };
      const counts = { referenceCount: 0, referrerCount: 0, count: 1, members: [] };
      const named = { key: `n${row}`, type: "node", nodeIndex: row, kind, name, version, id } as const;
      return { ...named, side, versionBefore, ...sizes, ...counts, root: roots.has(row) };
    },
    nameOf: (row) => rows[row]!.name,
    groupSide: allChanges ? "both" : undefined,
    toLink: (from, to) => ({ known: "several", side: toSide(edgeSides(united, from, to)) }),
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
