import type { EvidenceName, OverviewSide } from "#lib/model/overview.ts";
import type { ShapeName } from "./shapes.ts";

/** A rectangle by its left upper corner, in the drawing's pixels. */
export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface PlacedBox extends Area {
  readonly nodeIndex: number;
  /** As wide as there is room; the version only where names repeat. */
  readonly title: string;
  readonly version: string;
  /** Lengths of the bar: the node itself, and what it alone keeps. */
  readonly own: number;
  readonly kept: number;
  /** One of the few that retain most. */
  readonly large: boolean;
  /** Shown at all times, or only if it is a large one. */
  readonly sized: boolean;
  /** References that are not drawn. */
  readonly hidden: number;
  /** −1 for nodes without edges. */
  readonly layer: number;
  /** Added by a group that was opened, or by a selection. */
  readonly added: boolean;
}

export interface PlacedGroup extends Area {
  readonly column: number;
  readonly count: number;
  readonly bytes: number;
  readonly largest: { readonly name: string; readonly bytes: number };
  readonly opened: number;
}

/** Edges to one node, as one line. */
export interface PlacedLine {
  /** Position of the box that all of it leads to. */
  readonly target: number;
  readonly path: string;
  readonly width: number;
  /** The strongest evidence of its edges, if edges of the drawing differ in it. */
  readonly evidence: EvidenceName | undefined;
  readonly side?: OverviewSide;
}

export interface PlacedEdge {
  /** Positions of boxes. */
  readonly from: number;
  readonly to: number;
  /** `line`: a part of a line. `bow`: within a layer. `follows`: not drawn, because others lead to the same node. */
  readonly drawn: "line" | "bow" | "follows";
}

/** Above a column: its steps and, if some nodes are not drawn, how many nodes it has with how many bytes. */
export interface PlacedHead {
  readonly x: number;
  readonly width: number;
  readonly step: string;
  readonly nodes: { readonly count: number; readonly bytes: number; readonly share: number } | undefined;
}

export interface PlacedOverview {
  readonly shape: ShapeName;
  readonly turned: boolean;
  /** Small boxes with one line. */
  readonly small: boolean;
  readonly font: number;
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly PlacedBox[];
  readonly groups: readonly PlacedGroup[];
  readonly lines: readonly PlacedLine[];
  /** Members of cycles that are next to each other. */
  readonly bows: readonly string[];
  readonly edges: readonly PlacedEdge[];
  /** Start and end of each layer, in the direction of the steps. */
  readonly layers: readonly (readonly [start: number, end: number])[];
  /** By box with lanes: the layer of its first lane, then the lanes' positions across. */
  readonly lanes: Readonly<Record<number, readonly number[]>>;
  /** Above the layers. */
  readonly heads: readonly PlacedHead[];
  /** Above the nodes without edges. */
  readonly alone: { readonly x: number; readonly y: number; readonly title: string } | undefined;
  /** Bytes of a full bar. */
  readonly fullBar: number;
  /** Bytes from which a box is a large one. */
  readonly largeFrom: number;
  /** Ending of the names that is left off. */
  readonly suffix: string;
}
