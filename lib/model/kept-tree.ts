import type { MeasuredNode } from "./closure-answer.ts";
import type { MeasureUnit } from "./measure-unit.ts";

/** A node in the dominator tree. */
export interface KeptNode extends MeasuredNode {
  readonly nodeIndex: number;
  /** Nodes that it alone keeps, without itself. */
  readonly keptCount: number;
  /** Key of the group of nodes that need each other; `undefined` if it is in none. */
  readonly cycle: number | undefined;
}

/**
 * Part of what a node keeps. Sizes are in the unit of the artifact; the parts inside a part add up to it, exactly.
 *
 * - `node`: a node with everything that it alone keeps
 * - `family`: four or more of one name below the same node
 * - `self`: the node around it, itself
 * - `others`: all smaller ones
 */
export type KeptPart = KeptNodePart | KeptFamilyPart | KeptSelfPart | KeptOthersPart;

interface PartSize {
  readonly size: number;
  /** Empty if it is not divided further. */
  readonly parts: readonly KeptPart[];
}

export interface KeptNodePart extends PartSize {
  readonly type: "node";
  readonly node: KeptNode;
}

export interface KeptFamilyPart extends PartSize {
  readonly type: "family";
  readonly name: string;
  /** The member that retains most. */
  readonly node: KeptNode;
  /** Members, and nodes that they keep, themselves included. */
  readonly count: number;
  readonly keptCount: number;
  readonly selfSize: number;
  /** The node that keeps it; `undefined` at the top. */
  readonly within: KeptNode | undefined;
}

interface KeptSelfPart extends PartSize {
  readonly type: "self";
  readonly node: KeptNode;
}

export interface KeptOthersPart extends PartSize {
  readonly type: "others";
  /** Nodes and families that are not among the larger ones. */
  readonly count: number;
  /** Number of larger ones. */
  readonly from: number;
  readonly within: KeptNode | undefined;
  /** The family whose members they are. */
  readonly family: string | undefined;
}

/** A row of the list beside the picture. */
export type KeptRow = Omit<KeptNodePart, "parts"> | Omit<KeptFamilyPart, "parts">;

export const KEPT_SORTS = ["retained", "self", "kept", "name"] as const;
export type KeptSort = (typeof KEPT_SORTS)[number];

/** Nodes that need each other, whichever way they are referred to. */
export interface NodeCycle {
  /** The smallest index of a member. */
  readonly key: number;
  /** Those that retain most first. */
  readonly members: readonly KeptNode[];
  readonly count: number;
  /** What only its members keep: without all of them it would go. */
  readonly together: number;
  /** Σ retained sizes of the topmost members: what each of them keeps alone. */
  readonly alone: number;
}

export interface KeptTreeAnswer {
  readonly unit: MeasureUnit;
  readonly severalKinds: boolean;
  readonly nodeCount: number;
  /** Σ self sizes of all nodes. */
  readonly total: number;
  /** What the picture shows, in the order of nesting: the nodes that keep it, and itself. Empty: everything. */
  readonly path: readonly KeptNode[];
  /** The family, or the number of larger siblings, that the picture is limited to. */
  readonly family: string | undefined;
  readonly from: number;
  readonly size: number;
  readonly parts: readonly KeptPart[];
  readonly rows: { readonly rows: readonly KeptRow[]; readonly count: number };
  readonly cycles: { readonly rows: readonly NodeCycle[]; readonly count: number };
}

/** One node of the file of a subtree. */
export interface KeptMember extends KeptNode {
  /** Nodes above it in the dominator tree. */
  readonly depth: number;
  /** Id of its immediate dominator; `null` at the top. */
  readonly keptBy: string | null;
}
