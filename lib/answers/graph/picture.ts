import { chooseVisible, type VisibleGraph, type VisibleGroup, type VisibleQuestion } from "#lib/analysis/visible.ts";
import { placeVisible } from "#lib/analysis/visible-places.ts";
import type { NodeRow } from "#lib/db/queries/list-nodes.ts";
import type { EdgeSide } from "#lib/model/answer.ts";
import type { ComponentKind } from "#lib/model/component.ts";
import type { MeasureUnit } from "#lib/model/measure-unit.ts";
import type { EvidenceName } from "./node-detail.ts";

/** A box of the drawing: a node, or a group of hidden nodes. Centre and size in drawing units (pixels at zoom 1). */
export interface GraphElement extends Omit<NodeRow, "kind" | "live" | "rootReason"> {
  /** `n12` for node 12, `g12` for the group under node 12, `g-1` for the group under no node. `nodeIndex` is 12, or −1. */
  readonly key: string;
  readonly type: "node" | "group";
  readonly kind: ComponentKind | "group";
  /** In a drawing of two artifacts: the left side's version, if it has one. */
  readonly versionBefore?: string;
  /** Members of a group, which is as large as all of them; 1 for a node. */
  readonly count: number;
  /** For a group: the names of the largest members. */
  readonly members: readonly string[];
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Retained size as a share of the largest drawn, 0 … 1. */
  readonly share: number;
  /** In a drawing of two artifacts: the sides that have it; for a group, if all its members are unchanged. */
  readonly side?: PictureSide;
}

export type PictureSide = EdgeSide | "changed";

/** An edge of the drawing, by the keys of its ends. */
export interface GraphLink {
  readonly from: string;
  readonly to: string;
  /** Number of references it represents. */
  readonly count: number;
  /** `holds`: from a node to its group. `several`: references of a group, with any evidence. */
  readonly known: EvidenceName | "holds" | "several";
  /** In a drawing of two artifacts: the sides that have it, if it is one reference. */
  readonly side?: EdgeSide;
}

export interface GraphPicture {
  readonly elements: readonly GraphElement[];
  readonly links: readonly GraphLink[];
  /** Edges between drawn boxes that were left out. */
  readonly cutEdges: number;
  /** There is no room for more boxes: a requested box is not drawn. */
  readonly full: boolean;
  /** Nodes of the whole graph. */
  readonly nodeCount: number;
  /** What sizes count. */
  readonly unit: MeasureUnit;
}

/** Pixels of a box one row high, and of the distance between two columns. */
const ROW = 26;
const WIDTH = 176;
const COLUMN = 236;
/** Rows by which the box of the largest node is higher than that of an empty one. */
const GROWTH = 2.6;

/** The contents of a box; its position and size are derived. */
export type UnplacedElement = Omit<GraphElement, "x" | "y" | "width" | "height" | "share">;

/** A graph as drawn: its sizes, and the contents of its boxes and lines. */
export interface Drawing {
  /** By node, in the unit. */
  readonly retainedSize: Float64Array;
  readonly unit: MeasureUnit;
  readonly toNode: (node: number) => UnplacedElement;
  readonly nameOf: (node: number) => string;
  /** The side of every group, if all members of all groups are unchanged. */
  readonly groupSide?: PictureSide | undefined;
  /** A reference between two nodes. */
  readonly toLink: (from: number, to: number) => Pick<GraphLink, "known" | "side">;
}

/**
 * The part to draw. Selecting a drawn node must not move anything: `focus` is added only if it is not drawn anyway. `open`: parents
 * of open groups; those that are no nodes are ignored.
 */
export function chooseDrawn(
  question: Omit<VisibleQuestion, "expanded" | "focus">,
  open: readonly number[],
  focus: number | undefined,
): VisibleGraph {
  const expanded = open.filter((parent) => parent >= -1 && parent < question.graph.nodeCount);
  const visible = chooseVisible({ ...question, expanded });
  if (focus === undefined || visible.nodes.includes(focus)) return visible;
  return chooseVisible({ ...question, expanded, focus });
}

/** Placed boxes and lines of the selected part. */
export function drawPicture(drawing: Drawing, visible: VisibleGraph): GraphPicture {
  const { retainedSize, unit } = drawing;
  const sizes = [...visible.nodes.map((node) => retainedSize[node]!), ...visible.groups.map(({ bytes }) => bytes)];
  const largest = Math.max(1, ...sizes);
  const heights = sizes.map((bytes) => 1 + GROWTH * Math.sqrt(bytes / largest));
  const places = placeVisible(visible, { heights, columnGap: COLUMN / ROW });
  const unplaced = [...visible.nodes.map(drawing.toNode), ...visible.groups.map((group) => toGroup(drawing, group))];
  const elements = unplaced.map((element, i) => ({
    ...element,
    x: places.x[i]! * ROW,
    y: places.y[i]! * ROW,
    width: WIDTH,
    height: heights[i]! * ROW,
    share: sizes[i]! / largest,
  }));
  const links = visible.edges.map(({ from, to, count, kind }): GraphLink => {
    const [source, target] = [visible.nodes[from], visible.nodes[to]];
    const between = source === undefined || target === undefined ? SEVERAL : drawing.toLink(source, target);
    return { from: elements[from]!.key, to: elements[to]!.key, count, ...(kind === "holds" ? HOLDS : between) };
  });
  return { elements, links, cutEdges: visible.cutEdges, full: visible.full, nodeCount: retainedSize.length, unit };
}

const HOLDS = { known: "holds" } as const;
const SEVERAL = { known: "several" } as const;

function toGroup({ nameOf, groupSide }: Drawing, { parent, count, bytes, top }: VisibleGroup): UnplacedElement {
  return {
    key: `g${parent}`,
    type: "group",
    nodeIndex: parent,
    kind: "group",
    name: `${count} more`,
    version: "",
    id: "",
    selfSize: bytes,
    closureSize: bytes,
    retainedSize: bytes,
    referenceCount: 0,
    referrerCount: 0,
    count,
    root: false,
    members: top.map(nameOf),
    ...(groupSide === undefined ? {} : { side: groupSide }),
  };
}
