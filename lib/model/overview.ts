import type { MeasuredNode } from "./closure-answer.ts";
import type { Evidence } from "./component.ts";
import type { MeasureUnit } from "./measure-unit.ts";

export type EvidenceName = keyof typeof Evidence;

/** A node of a layered drawing. */
export interface OverviewNode
  extends Pick<
    MeasuredNode,
    | "id"
    | "kind"
    | "name"
    | "version"
    | "selfSize"
    | "closureSize"
    | "retainedSize"
    | "referenceCount"
    | "referrerCount"
    | "root"
  > {
  readonly nodeIndex: number;
  /** Longest path from the left, as computed by the scan: it does not depend on what is drawn. Members of a cycle share it. */
  readonly rank: number;
  /** Position in its rank, as computed by the scan. */
  readonly order: number;
  /** Equal for the members of one cycle; −1 for a node in no cycle. */
  readonly cycle: number;
  /** Nodes that it alone keeps, itself not counted. */
  readonly keptCount: number;
  /** Roots that reach it; itself included if it is one. */
  readonly reach: number;
  /** Layer of most of its bytes; −1 if it is not known. */
  readonly layer: number;
  /** In a drawing of two artifacts. */
  readonly side?: OverviewSide;
  readonly versionBefore?: string;
}

export type OverviewSide = "left" | "right" | "both" | "changed";

/** Consecutive ranks, drawn as one column. */
export interface OverviewColumn {
  /** The ranks of its nodes. */
  readonly first: number;
  readonly last: number;
  /** All its nodes, drawn or not, and the sum of their own sizes. */
  readonly count: number;
  readonly bytes: number;
  /** Positions in `nodes`, those that retain most first: more than any shape of drawing shows. */
  readonly nodes: readonly number[];
  /** Portions that were opened. */
  readonly opened: number;
}

export interface OverviewEdge {
  /** Positions in `nodes`. */
  readonly from: number;
  readonly to: number;
  readonly evidence: EvidenceName | undefined;
  readonly side?: "left" | "right" | "both";
}

/** What a layered drawing may show of a graph; a shape of it shows the first nodes of each column. */
export interface Overview {
  readonly nodes: readonly OverviewNode[];
  readonly columns: readonly OverviewColumn[];
  /** Nodes without any edge, as a column. */
  readonly alone: OverviewColumn;
  /** Edges between `nodes`. */
  readonly edges: readonly OverviewEdge[];
  /** Positions in `nodes` that are drawn whatever their size: the selected one, and a found one. */
  readonly wanted: readonly number[];
  /** Of the whole graph, and how many nodes and edges the filters leave. */
  readonly nodeCount: number;
  readonly edgeCount: number;
  readonly matchingCount: number;
  readonly matchingEdges: number;
  readonly rootCount: number;
  readonly unit: MeasureUnit;
}

/** A graph of at most this many nodes may be drawn whole. */
export const MAX_WHOLE_NODES = 110;
/** Nodes of a column that one opening adds. */
export const OVERVIEW_PORTION = 10;
