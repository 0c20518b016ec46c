import { toSide } from "#lib/analysis/sharing/change-tree.ts";
import { edgeSides } from "#lib/analysis/sharing/united-graph.ts";
import type { Queryable } from "#lib/db/queries/queryable.ts";
import { reverse, targetsOf } from "#lib/graph/graph.ts";
import type { ChangeKind, ComponentChange, EdgeSide } from "#lib/model/answer.ts";
import type { OverviewSide } from "#lib/model/overview.ts";
import type { ComparedSide, Comparison } from "../kept/comparisons.ts";
import { type Listed, loadNodeDetail, type PathStep } from "./node-detail.ts";

/** Rows of each list in the panel. */
const MAX_LIST_ROWS = 24;

/** One component of a difference, on either side or both. */
export interface ComparedNode extends Omit<ComponentChange, "matchedBy" | "delta"> {
  readonly row: number;
  readonly side: OverviewSide;
  /** The right side's if present, else the left's; and the left's if both have one. */
  readonly version: string;
  readonly versionBefore: string;
  /** Node id, the right side's if present. */
  readonly id: string;
  /** Bytes of all changes that only this component leads to, its own included. */
  readonly retainedChange: number;
}

export interface ComparedNeighbour {
  readonly node: ComparedNode;
  /** The sides that have the reference. */
  readonly edge: EdgeSide;
}

/** The dependency path of a component on one side. Node indexes of the steps are rows of the difference. */
export interface ComparedPath {
  /** The node's index in its own artifact. */
  readonly nodeIndex: number;
  /** A shortest path from a root; `undefined` if no root leads there. */
  readonly path: readonly PathStep[] | undefined;
}

export interface ComparedDetail {
  readonly node: ComparedNode;
  readonly left: ComparedPath | undefined;
  readonly right: ComparedPath | undefined;
  readonly references: Listed<ComparedNeighbour>;
  readonly referrers: Listed<ComparedNeighbour>;
}

interface DetailRequest {
  readonly comparison: Comparison;
  readonly leftId: number;
  readonly rightId: number;
  readonly row: number;
}

/** One component of a difference: its dependency paths on either side, and its references and referrers on both. */
export async function loadComparedDetail(db: Queryable, request: DetailRequest): Promise<ComparedDetail> {
  const { comparison, leftId, rightId, row } = request;
  const component = comparison.difference.components[row]!;
  const [left, right] = await Promise.all([
    component.left === null ? undefined : loadPath(db, comparison.left, leftId, component.left.nodeIndex),
    component.right === null ? undefined : loadPath(db, comparison.right, rightId, component.right.nodeIndex),
  ]);
  const { graph } = comparison.united;
  return {
    node: toComparedNode(comparison, row),
    left,
    right,
    references: listNeighbours(comparison, targetsOf(graph, row), (other) => [row, other]),
    referrers: listNeighbours(comparison, targetsOf(reverse(graph), row), (other) => [other, row]),
  };
}

async function loadPath(
  db: Queryable,
  { graph, nodes, rowOf: rows }: ComparedSide,
  artifactId: number,
  nodeIndex: number,
): Promise<ComparedPath> {
  const detail = await loadNodeDetail(db, { artifactId, graph, nodeIndex, limit: 0, pathLimit: 1 });
  const path = detail.paths[0]?.map((step) => ({
    ...step,
    node: { ...step.node, nodeIndex: rows[step.node.nodeIndex]! },
  }));
  return { nodeIndex: nodes?.[nodeIndex] ?? nodeIndex, path };
}

function listNeighbours(
  comparison: Comparison,
  others: Int32Array,
  ends: (other: number) => [from: number, to: number],
): Listed<ComparedNeighbour> {
  const { retainedChange, united } = comparison;
  const sorted = others.toSorted((a, b) => retainedChange[b]! - retainedChange[a]! || a - b);
  const rows = Array.from(sorted.slice(0, MAX_LIST_ROWS), (other) => ({
    node: toComparedNode(comparison, other),
    edge: toSide(edgeSides(united, ...ends(other))),
  }));
  return { rows, count: others.length };
}

const SIDE_OF: Readonly<Record<ChangeKind, OverviewSide>> = {
  same: "both",
  changed: "changed",
  added: "right",
  removed: "left",
};

export function toComparedNode({ rows, retainedChange }: Comparison, row: number): ComparedNode {
  const { matchedBy: _, delta: __, ...component } = rows[row]!;
  const { left, right } = component;
  const { id, version } = (right ?? left)!;
  const versionBefore = left === null || right === null ? "" : left.version;
  const side = SIDE_OF[component.change];
  return { ...component, row, side, version, versionBefore, id, retainedChange: retainedChange[row]! };
}
