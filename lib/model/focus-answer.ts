import type { MeasuredNode } from "./closure-answer.ts";
import type { Evidence } from "./component.ts";
import type { MeasureUnit } from "./measure-unit.ts";

/** What needs the node in the middle; what it alone keeps; what it needs, and others need, too. */
export const FOCUS_PARTS = ["up", "own", "shared"] as const;
export type FocusPartName = (typeof FOCUS_PARTS)[number];

/** The sides that are shown. `own`: only what the node alone keeps. */
export const FOCUS_SIDES = ["both", "up", "down", "own"] as const;
export type FocusSide = (typeof FOCUS_SIDES)[number];

export interface FocusNode extends MeasuredNode {
  readonly nodeIndex: number;
}

/** One row beside the node in the middle. Sizes are in the unit of the artifact. */
export interface FocusRow {
  /** Of a family: the member that retains most. */
  readonly node: FocusNode;
  /** 0 for the first column; deeper rows are below the row that leads to them. */
  readonly depth: number;
  /** Evidence for the edge to the row or node that leads here; `undefined` if there is no such edge. */
  readonly evidence: keyof typeof Evidence | undefined;
  /** The evidence of an edge at the node in the middle, one line each. */
  readonly details: readonly string[];
  /** The row and the node in the middle need each other. */
  readonly cycle: boolean;
  /** Nodes that refer to the row, without itself and the node in the middle. */
  readonly others: number;
  /** Four or more siblings of one name. */
  readonly family?: FocusFamily;
}

export interface FocusFamily {
  readonly count: number;
  readonly selfSize: number;
  /** Σ retained sizes of the members that no other member retains. */
  readonly retainedSize: number;
  /** The first and the last version. */
  readonly first: string;
  readonly last: string;
  /** Retained sizes of the largest members, largest first, at most 60. */
  readonly ticks: readonly number[];
}

/** A class of retained sizes: at least `from`, below `to`. */
export interface FocusClass {
  readonly from: number;
  /** `undefined`: no limit. */
  readonly to: number | undefined;
  readonly count: number;
}

/** The members of a part without a row. */
export interface FocusRest {
  readonly count: number;
  /** Σ self sizes. */
  readonly selfSize: number;
  readonly largest: string;
  /** Six classes, the largest sizes first. */
  readonly classes: readonly FocusClass[];
  /** The most frequent names among them, each at least twice. */
  readonly alike: readonly { readonly name: string; readonly count: number }[];
}

export interface FocusPart {
  /** All members, with or without a row. */
  readonly count: number;
  readonly rows: readonly FocusRow[];
  readonly rest: FocusRest | undefined;
}

/** A path that may be cut in the middle. */
export interface CutPath {
  readonly first: readonly PathNode[];
  /** Nodes left out between both parts. */
  readonly omitted: number;
  readonly last: readonly PathNode[];
}

export interface PathNode {
  readonly node: FocusNode;
  /** Evidence for the edge from the node before; `undefined` for the first. */
  readonly evidence: keyof typeof Evidence | undefined;
}

/** One page of the members of a part. */
export interface FocusListing {
  readonly part: FocusPartName;
  readonly count: number;
  readonly rows: readonly FocusRow[];
  /** From 0. */
  readonly page: number;
  readonly pageCount: number;
}

/** A node around the one in the middle, and where. */
export interface FocusMember extends FocusNode {
  readonly part: FocusPartName;
}

/** A path between the node in the middle and another. */
export interface FocusPath {
  /** The other node; `undefined` if the text matches no node, or several. */
  readonly to: FocusNode | undefined;
  /** `from`: the node in the middle needs the other; `to`: the reverse. `undefined`: neither does. */
  readonly direction: "from" | "to" | undefined;
  readonly path: CutPath | undefined;
  /** Nodes with a name like the text. */
  readonly matches: readonly FocusNode[];
  readonly matchCount: number;
}

export interface FocusMiddle {
  readonly node: FocusNode;
  /** Its referrers and its references, without itself. */
  readonly neededBy: number;
  readonly needs: number;
  /** Nodes that only it keeps, without itself; nodes it reaches, without itself; nodes that reach it, without itself. */
  readonly keptCount: number;
  readonly reachedCount: number;
  readonly reachingCount: number;
  /** Roots from which it is reached. */
  readonly rootCount: number;
  /** The other members of its dependency cycle. */
  readonly cycleCount: number;
  /** The shortest path from a root, without the node itself; `undefined` if it is a root. */
  readonly way: CutPath | undefined;
  /** Left out: a side that is not shown. */
  readonly up?: FocusPart;
  readonly own?: FocusPart;
  readonly shared?: FocusPart;
  readonly listing: FocusListing | undefined;
  readonly path: FocusPath | undefined;
}

/** One node of an artifact's graph, with what needs it and what it needs. */
export interface FocusAnswer {
  readonly unit: MeasureUnit;
  readonly nodeCount: number;
  readonly rootCount: number;
  /** Components of more than one kind, besides files without an owner. */
  readonly severalKinds: boolean;
  /** Σ self sizes of all nodes. */
  readonly total: number;
  /** The walked nodes before this one, in order. */
  readonly trail: readonly FocusNode[];
  /** `undefined` for a graph without nodes. */
  readonly middle: FocusMiddle | undefined;
}
