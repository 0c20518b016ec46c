import type { EvidenceName, Overview } from "#lib/model/overview.ts";
import { commonSuffix } from "../map/common-suffix.ts";
import { BoxTexts } from "./box-text.ts";
import { type ChosenBoxes, chooseBoxes } from "./choose-boxes.ts";
import { type DrawnEdge, listDrawnEdges } from "./drawn-edges.ts";
import { type LayeredBoxes, layerBoxes } from "./layer-boxes.ts";
import { bow, curve } from "./paths.ts";
import { ALONE_TITLE, placeAlone } from "./place-alone.ts";
import type { PlacedBox, PlacedEdge, PlacedGroup, PlacedLine, PlacedOverview } from "./placed.ts";
import {
  GROUP_GAP,
  GROUP_HEIGHT,
  HEAD,
  LARGE_BOX,
  MARGIN,
  MAX_GUTTER,
  MIN_GUTTER,
  NAME_WIDTHS,
  type OverviewShape,
  SMALL_BOX,
  TURNED_BOX,
} from "./shapes.ts";

/** Boxes of a layer, however many lines pass. */
const MIN_PER_LAYER = 2;
const ALONE_ROW = MARGIN + ALONE_TITLE + LARGE_BOX.height;
const FEW_LAYERS = 6;
const FEW_BOXES = 9;
/** The window enlarges a drawing of few boxes. */
const ENLARGED = 1.3;

/** Places a drawing of one shape. Deterministic; about ten milliseconds for a hundred boxes. */
export function placeOverview(overview: Overview, given: OverviewShape): PlacedOverview {
  const placed = new Placing(overview, layOut(overview, fitShape(overview, given, 0))).finish();
  if (placed.height <= given.height + 0.5 || overview.alone.count === 0 || placed.turned) return placed;
  // No corner is free for the nodes without edges: they have a row of their own.
  return new Placing(overview, layOut(overview, fitShape(overview, given, ALONE_ROW), ALONE_ROW)).finish();
}

interface LaidOut {
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
function fitShape(overview: Overview, given: OverviewShape, reserved: number): OverviewShape {
  const close = (column: Overview["alone"]) => ({ ...column, opened: 0 });
  const { columns, alone } = overview;
  const closed = { ...overview, columns: columns.map(close), alone: close(alone), wanted: [] };
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

/** `reserved`: pixels below everything. */
function layOut(overview: Overview, given: OverviewShape, reserved = 0): LaidOut {
  const chosen = chooseBoxes(overview, given);
  const shape = isFew(chosen) ? { ...given, width: given.width / ENLARGED, height: given.height / ENLARGED } : given;
  const nodeOf = [...chosen.layers.flat(), ...chosen.alone];
  const layerOf = chosen.layers.flatMap((layer, i) => layer.map(() => i));
  const edges = listDrawnEdges(overview, new Map(nodeOf.map((node, box) => [node, box])));
  const grouped = !shape.turned && chosen.groups.some(({ column }) => column < overview.columns.length);
  const margins = shape.turned ? 2 * MARGIN : 2 * MARGIN + HEAD;
  const across = shape.turned ? shape.width : shape.height;
  const room = across - margins - reserved - (grouped ? GROUP_HEIGHT + GROUP_GAP : 0);
  const { gap } = chosen.whole ? SMALL_BOX : shape.turned ? TURNED_BOX : LARGE_BOX;
  const layered = layerBoxes({
    ...{ overview, chosen, nodeOf, layerOf, edges, room },
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

function boxHeight({ turned, box }: OverviewShape, whole: boolean): number {
  return whole ? SMALL_BOX.height : turned ? box.height : LARGE_BOX.height;
}

/** The last layer of each column with a group. */
function lastLayers({ groups, columnOf }: ChosenBoxes, columnCount: number): number[] {
  return groups.filter(({ column }) => column < columnCount).map(({ column }) => columnOf.lastIndexOf(column));
}

class Placing {
  readonly #overview: Overview;
  readonly #shape: OverviewShape;
  readonly #chosen: ChosenBoxes;
  readonly #nodeOf: readonly number[];
  readonly #layerOf: readonly number[];
  readonly #edges: readonly DrawnEdge[];
  readonly #layered: LayeredBoxes;
  readonly #grouped: boolean;
  readonly #text: BoxTexts;
  readonly #layers: [number, number][];
  readonly #top: number;
  #boxes: PlacedBox[] = [];

  constructor(overview: Overview, { shape, chosen, nodeOf, layerOf, edges, layered, grouped }: LaidOut) {
    this.#overview = overview;
    this.#shape = shape;
    this.#chosen = chosen;
    this.#nodeOf = nodeOf;
    this.#layerOf = layerOf;
    this.#edges = edges;
    this.#layered = layered;
    this.#grouped = grouped;
    this.#top = shape.turned ? MARGIN : MARGIN + HEAD;
    this.#text = toTexts(overview, shape, chosen, nodeOf);
    this.#layers = this.#placeAlong();
  }

  finish(): PlacedOverview {
    const { turned } = this.#shape;
    const inLayers = this.#chosen.layers.flat().map((_, box) => this.#toBox(box));
    this.#boxes = inLayers;
    const groups = this.#placeGroups();
    const alone = placeAlone({
      overview: this.#overview,
      shape: this.#shape,
      chosen: this.#chosen,
      text: this.#text,
      taken: [...inLayers, ...groups, ...this.#laneAreas()],
      extent: this.#extent(groups),
    });
    this.#boxes = [...inLayers, ...alone.boxes];
    return {
      shape: this.#shape.name as PlacedOverview["shape"],
      turned,
      small: this.#chosen.whole,
      font: this.#text.font,
      width: alone.width,
      height: alone.height,
      boxes: this.#withHidden(),
      groups: [...groups, ...alone.groups],
      lines: this.#listLines(),
      bows: this.#listBows(),
      edges: this.#edges.map((edge) => this.#toEdge(edge)),
      layers: this.#layers,
      lanes: this.#listLanes(),
      heads: turned ? [] : this.#listHeads(),
      alone: alone.title,
      fullBar: this.#text.fullBar,
      suffix: this.#text.suffix,
    };
  }

  /** Start and end of each layer in the direction of the steps: as wide as its longest name, with equal gutters. */
  #placeAlong(): [number, number][] {
    const { turned, width, height } = this.#shape;
    const below = turned && this.#chosen.alone.length > 0 ? MARGIN + ALONE_TITLE + this.#shape.box.height : 10;
    const room = (turned ? height : width) - 2 * MARGIN - below;
    const sizes = turned ? this.#chosen.layers.map(() => this.#shape.box.height) : this.#layerWidths(room);
    const used = sizes.reduce((sum, size) => sum + size, 0);
    const free = (room - used) / Math.max(1, sizes.length - 1);
    const gutter = Math.min(MAX_GUTTER, Math.max(turned ? 12 : MIN_GUTTER, free));
    let at = MARGIN + Math.max(0, (room - used - gutter * (sizes.length - 1)) / 2);
    return sizes.map((size) => {
      const start = at;
      at += size + gutter;
      return [start, start + size];
    });
  }

  /** Each as wide as its longest name, if all have room then; else names are cut. */
  #layerWidths(room: number): number[] {
    const { layers, whole } = this.#chosen;
    const share = Math.floor((room - MIN_GUTTER * (layers.length - 1)) / Math.max(1, layers.length));
    if (!whole) return layers.map(() => Math.min(LARGE_BOX.width, share));
    const wishes = (sized: boolean) =>
      layers.map((layer) => Math.max(SMALL_BOX.minWidth, ...layer.map((node) => this.#text.widthOf(node, sized))));
    const wished = wishes(false);
    const tries = NAME_WIDTHS.map(({ width, gutter }) => {
      const widths = wished.map((wish) => Math.min(width, wish));
      return { widths, width, left: room - widths.reduce((sum, each) => sum + each, gutter * (layers.length - 1)) };
    });
    const { widths, width, left } = tries.find((each) => each.left >= 0) ?? tries.at(-1)!;
    return this.#withSizes(widths, wishes(true), Math.max(width, SMALL_BOX.sizedWidth), left);
  }

  /** The room that is left is for sizes: first in the layers with the largest nodes. */
  #withSizes(widths: readonly number[], wishes: readonly number[], most: number, room: number): number[] {
    const largest = this.#chosen.layers.map((layer) =>
      layer.reduce((size, node) => Math.max(size, this.#overview.nodes[node]!.retainedSize), 0),
    );
    const given = [...widths];
    let left = room;
    for (const layer of [...widths.keys()].sort((a, b) => largest[b]! - largest[a]! || a - b)) {
      const extra = Math.min(wishes[layer]!, most) - widths[layer]!;
      if (extra <= 0 || extra > left) continue;
      given[layer]! += extra;
      left -= extra;
    }
    return given;
  }

  #toBox(box: number): PlacedBox {
    const layer = this.#layerOf[box]!;
    const [start, end] = this.#layers[layer]!;
    const centre = this.#layered.at[box]! + (this.#shape.turned ? MARGIN : this.#top);
    const node = this.#nodeOf[box]!;
    const area = this.#shape.turned
      ? { x: centre - this.#shape.box.width / 2, y: start, width: this.#shape.box.width, height: end - start }
      : { x: start, y: centre - this.#text.height / 2, width: end - start, height: this.#text.height };
    return { ...area, ...this.#text.textOf(node, area.width), layer, added: this.#chosen.added.has(node), hidden: 0 };
  }

  #withHidden(): PlacedBox[] {
    const drawn = new Int32Array(this.#boxes.length);
    for (const { from } of this.#edges) drawn[from]!++;
    return this.#boxes.map((box, i) => {
      const { referenceCount } = this.#overview.nodes[this.#nodeOf[i]!]!;
      return { ...box, hidden: Math.max(0, referenceCount - drawn[i]!) };
    });
  }

  #placeGroups(): PlacedGroup[] {
    const { turned } = this.#shape;
    const inColumns = this.#chosen.groups.filter(({ column }) => column < this.#overview.columns.length);
    const row = this.#top + this.#layered.room + GROUP_GAP;
    return inColumns.map((group) => {
      const layer = this.#chosen.columnOf.lastIndexOf(group.column);
      const [start, end] = this.#layers[layer]!;
      const centre = MARGIN + (this.#layered.extraAt.get(layer) ?? 0);
      const area = turned
        ? { x: centre - this.#shape.box.width / 2, y: start, width: this.#shape.box.width, height: end - start }
        : { x: start, y: row, width: end - start, height: GROUP_HEIGHT };
      return { ...this.#text.toGroup(group, area.width), ...area };
    });
  }

  #extent(groups: readonly PlacedGroup[]): { width: number; height: number } {
    const { turned, width, height } = this.#shape;
    const along = (this.#layers.at(-1)?.[1] ?? 0) + MARGIN;
    const across = this.#layered.room + this.#top + MARGIN + (this.#grouped ? GROUP_HEIGHT + GROUP_GAP : 0);
    const low = Math.max(0, ...groups.map((group) => group.y + group.height + MARGIN));
    return turned
      ? { width: Math.max(width, this.#layered.room + 2 * MARGIN), height: Math.max(height, along) }
      : { width: Math.max(width, along), height: Math.max(height, across, low) };
  }

  /** Where lines are: nothing else may be placed there. */
  #laneAreas() {
    const { lanes, at } = this.#layered;
    const offset = this.#shape.turned ? MARGIN : this.#top;
    return lanes.segments.map(({ from, to }) => {
      const [low, high] = [at[from]!, at[to]!].sort((a, b) => a - b) as [number, number];
      const [start, end] = [this.#layers[lanes.layerOf[from]!]![0], this.#layers[lanes.layerOf[to]!]![1]];
      return this.#shape.turned
        ? { x: low + offset, y: start, width: high - low, height: end - start }
        : { x: start, y: low + offset, width: end - start, height: high - low };
    });
  }

  #listLines(): PlacedLine[] {
    const { lanes, at } = this.#layered;
    const offset = this.#shape.turned ? MARGIN : this.#top;
    const drawn = this.#edges.filter((edge) => this.#toEdge(edge).drawn === "line");
    const mixed = new Set(drawn.map(({ evidence }) => evidence)).size > 1;
    const inLane = new Map<number, DrawnEdge[]>();
    const toPiece = (target: number, path: string, edges: readonly DrawnEdge[]): PlacedLine => {
      const side = sideOf(edges);
      const evidence = mixed ? strongest(edges) : undefined;
      return { target, path, width: lineWidth(edges.length), evidence, ...(side && { side }) };
    };
    const pieces = lanes.segments.map((segment) => {
      const [start, end] = [this.#endOf(segment.from), this.#startOf(segment.to)];
      const path = curve(this.#shape, [start, at[segment.from]! + offset], [end, at[segment.to]! + offset]);
      const edges = segment.edges.map((edge) => drawn[edge]!);
      if (segment.to >= lanes.boxCount) inLane.set(segment.to, [...(inLane.get(segment.to) ?? []), ...edges]);
      return toPiece(segment.target, path, edges);
    });
    for (const [lane, edges] of inLane) {
      const [start, end] = this.#layers[lanes.layerOf[lane]!]!;
      const level = at[lane]! + offset;
      pieces.push(toPiece(lanes.targetOf(lane), curve(this.#shape, [start, level], [end, level]), edges));
    }
    const alike = Map.groupBy(pieces, ({ target, width, evidence, side }) => `${target} ${width} ${evidence} ${side}`);
    const lines = [...alike.values()].map((parts) => ({ ...parts[0]!, path: parts.map(({ path }) => path).join("") }));
    const bows = this.#edges.filter((edge) => this.#toEdge(edge).drawn === "bow" && !this.#isCycle(edge));
    return [
      ...lines,
      ...bows.map((edge): PlacedLine => {
        const path = bow(this.#shape, this.#boxes[edge.from]!, this.#boxes[edge.to]!, false);
        return { target: edge.to, path, width: 1, evidence: mixed ? edge.evidence : undefined };
      }),
    ];
  }

  #startOf(item: number): number {
    return this.#layers[this.#layered.lanes.layerOf[item]!]![0];
  }

  #endOf(item: number): number {
    return this.#layers[this.#layered.lanes.layerOf[item]!]![1];
  }

  #isCycle({ from, to }: DrawnEdge): boolean {
    const [a, b] = [this.#overview.nodes[this.#nodeOf[from]!]!, this.#overview.nodes[this.#nodeOf[to]!]!];
    return a.cycle >= 0 && a.cycle === b.cycle;
  }

  /** One bow between each two neighbouring members of a cycle in a layer. */
  #listBows(): string[] {
    const members = this.#chosen.layers.flat().map((_, box) => box);
    const cycles = Map.groupBy(members, (box) => {
      const { cycle } = this.#overview.nodes[this.#nodeOf[box]!]!;
      return cycle < 0 ? "" : `${cycle} ${this.#layerOf[box]}`;
    });
    cycles.delete("");
    return [...cycles.values()].flatMap((boxes) => {
      const sorted = boxes.toSorted((a, b) => this.#layered.at[a]! - this.#layered.at[b]!);
      return sorted.slice(1).map((box, i) => bow(this.#shape, this.#boxes[sorted[i]!]!, this.#boxes[box]!, true));
    });
  }

  #toEdge({ from, to, follows }: DrawnEdge): PlacedEdge {
    const [a, b] = [this.#layerOf[from] ?? -1, this.#layerOf[to] ?? -1];
    return { from, to, drawn: follows || a > b ? "follows" : a === b ? "bow" : "line" };
  }

  #listLanes(): Record<number, number[]> {
    const { lanes, at } = this.#layered;
    const offset = this.#shape.turned ? MARGIN : this.#top;
    const listed: Record<number, number[]> = {};
    for (let lane = lanes.boxCount; lane < lanes.itemCount; lane++) {
      listed[lanes.targetOf(lane)] ??= [lanes.layerOf[lane]!];
      listed[lanes.targetOf(lane)]!.push(Math.round((at[lane]! + offset) * 10) / 10);
    }
    return listed;
  }

  #listHeads(): PlacedOverview["heads"] {
    const { columns } = this.#overview;
    const hides = this.#chosen.groups.length > 0;
    return columns.flatMap(({ first, last, count }, i) => {
      const layer = this.#chosen.columnOf.indexOf(i);
      if (layer < 0) return [];
      const step = first === last ? `${first}` : `${first}–${last}`;
      return [{ x: this.#layers[layer]![0], step: i === 0 ? `step ${step}` : step, count: hides ? count : undefined }];
    });
  }
}

function toTexts(overview: Overview, shape: OverviewShape, { whole }: ChosenBoxes, drawn: readonly number[]): BoxTexts {
  const { font } = whole ? SMALL_BOX : shape.turned ? TURNED_BOX : LARGE_BOX;
  const height = boxHeight(shape, whole);
  const suffix = commonSuffix(drawn.map((node) => overview.nodes[node]!.name));
  return new BoxTexts(overview, drawn, { font, height, small: whole, suffix });
}

const strength: readonly (EvidenceName | undefined)[] = ["observed", "declared", "inferred"];

function strongest(edges: readonly DrawnEdge[]): EvidenceName | undefined {
  return strength.find((name) => edges.some(({ evidence }) => evidence === name));
}

function sideOf(edges: readonly DrawnEdge[]): PlacedLine["side"] {
  const sides = new Set(edges.map(({ side }) => side));
  return sides.size === 1 ? [...sides][0] : "both";
}

/** A line is the thicker, the more edges it stands for. */
function lineWidth(edges: number): number {
  return Math.round((1 + 0.75 * Math.log2(edges)) * 4) / 4;
}
