import type { Overview } from "#lib/model/overview.ts";
import { type ChosenBoxes, chooseBoxes } from "./choose-boxes.ts";
import { type DrawnEdge, listDrawnEdges } from "./drawn-edges.ts";
import { type LayeredBoxes, layerBoxes } from "./layer-boxes.ts";
import { ALONE_TITLE } from "./place-alone.ts";
import {
  GROUP_GAP,
  GROUP_HEIGHT,
  HEAD,
  HEAD_FIGURES,
  LARGE_BOX,
  MARGIN,
  type OverviewShape,
  SMALL_BOX,
  TURNED_BOX,
} from "./shapes.ts";

/** Boxes of a layer, however many lines pass. */
const MIN_PER_LAYER = 2;
export const ALONE_ROW = MARGIN + ALONE_TITLE + LARGE_BOX.height;
const FEW_LAYERS = 6;
const FEW_BOXES = 9;
/** The window enlarges a drawing of few boxes. */
const ENLARGED = 1.3;

/** Which boxes are drawn, in which order, and where across the layers. */
export interface LaidOut {
  readonly shape: OverviewShape;
  readonly chosen: ChosenBoxes;
  /** Positions in `nodes`, and layers, by box. */
  readonly nodeOf: readonly number[];
  readonly layerOf: readonly number[];
  readonly edges: readonly DrawnEdge[];
  readonly layered: LayeredBoxes;
  /** Room across the layers. */
  readonly room: number;
  /** Groups are in a row below the layers. */
  readonly grouped: boolean;
}

/** Fewer boxes a layer if lines between them need more room than there is; groups that are open change nothing. */
export function fitShape(overview: Overview, given: OverviewShape, reserved: number): OverviewShape {
  const closed = closeAll(overview);
  let shape = given;
  for (
    let laid = layOut(closed, shape, reserved);
    laid.layered.room > laid.room + 0.5 && shape.perLayer > MIN_PER_LAYER;
  ) {
    shape = { ...shape, perLayer: shape.perLayer - 1, wholeLayers: 0 };
    laid = layOut(closed, shape, reserved);
  }
  return shape;
}

/** As at first: no group is open, and no small node is drawn because it is selected. */
function closeAll(overview: Overview): Overview {
  const close = <Column extends Overview["alone"]>(column: Column) => ({ ...column, opened: 0 });
  return { ...overview, columns: overview.columns.map(close), alone: close(overview.alone), wanted: [] };
}

type Pins = ReadonlyMap<number, number>;

/** The centres of the boxes of the first drawing. Steps that go down are wrapped into rows: their boxes cannot stay. */
function pinsOf(overview: Overview, shape: OverviewShape, reserved: number): Pins {
  const opened = [...overview.columns, overview.alone].some((column) => column.opened > 0);
  if (shape.turned || (!opened && overview.wanted.length === 0)) return new Map();
  const { nodeOf, layered } = layOutAround(closeAll(overview), shape, reserved, new Map());
  return new Map(nodeOf.slice(0, layered.lanes.boxCount).map((node, box) => [node, layered.at[box]!]));
}

/** `reserved`: pixels below everything. */
export function layOut(overview: Overview, given: OverviewShape, reserved = 0): LaidOut {
  return layOutAround(overview, given, reserved, pinsOf(overview, given, reserved));
}

function layOutAround(overview: Overview, given: OverviewShape, reserved: number, pins: Pins): LaidOut {
  const chosen = chooseBoxes(overview, given);
  const shape = isFew(chosen) ? { ...given, width: given.width / ENLARGED, height: given.height / ENLARGED } : given;
  const nodeOf = [...chosen.layers.flat(), ...chosen.alone];
  const layerOf = chosen.layers.flatMap((layer, i) => layer.map(() => i));
  const edges = listDrawnEdges(overview, new Map(nodeOf.map((node, box) => [node, box])));
  const grouped = !shape.turned && chosen.groups.some(({ column }) => column < overview.columns.length);
  const margins = shape.turned ? 2 * MARGIN : 2 * MARGIN + headHeight(grouped);
  const across = shape.turned ? shape.width : shape.height;
  const room = across - margins - reserved - (grouped ? GROUP_HEIGHT + GROUP_GAP : 0);
  const { gap } = chosen.whole ? SMALL_BOX : shape.turned ? TURNED_BOX : LARGE_BOX;
  const layered = layerBoxes({
    ...{ overview, chosen, nodeOf, layerOf, edges, room, pins },
    size: shape.turned ? shape.box.width : boxHeight(shape, chosen.whole),
    gap: gapOf(chosen, gap, boxHeight(shape, chosen.whole), room),
    extra: shape.turned ? lastLayers(chosen, overview.columns.length) : [],
  });
  return { shape, chosen, nodeOf, layerOf, edges, layered, room, grouped };
}

/** So few boxes that they have room to be larger. */
function isFew({ whole, layers, alone }: ChosenBoxes): boolean {
  return (
    whole &&
    layers.length <= FEW_LAYERS &&
    alone.length <= FEW_BOXES &&
    layers.every(({ length }) => length <= FEW_BOXES)
  );
}

/** Small boxes are farther from each other if there is room. */
function gapOf(chosen: ChosenBoxes, gap: number, size: number, room: number): number {
  const most = Math.max(1, ...chosen.layers.map(({ length }) => length));
  return chosen.whole ? Math.min(3 * gap, Math.max(gap, room / most / 2 - size)) : gap;
}

/** Above the layers of a drawing that is not turned. */
export function headHeight(grouped: boolean): number {
  return grouped ? HEAD + HEAD_FIGURES : HEAD;
}

export function boxHeight({ turned, box }: OverviewShape, whole: boolean): number {
  return whole ? SMALL_BOX.height : turned ? box.height : LARGE_BOX.height;
}

/** The last layer of each column with a group. */
function lastLayers({ groups, columnOf }: ChosenBoxes, columnCount: number): number[] {
  return groups.filter(({ column }) => column < columnCount).map(({ column }) => columnOf.lastIndexOf(column));
}
