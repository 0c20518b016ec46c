import type { Overview } from "#lib/model/overview.ts";
import { commonSuffix } from "../map/common-suffix.ts";
import { BoxTexts } from "./box-text.ts";
import type { ChosenBoxes } from "./choose-boxes.ts";
import { ALONE_ROW, boxHeight, fitShape, headHeight, type LaidOut, layOut } from "./lay-out.ts";
import type { LayeredBoxes } from "./layer-boxes.ts";
import { layerWidths } from "./layer-widths.ts";
import { listLines } from "./list-lines.ts";
import { ALONE_TITLE, placeAlone } from "./place-alone.ts";
import type { PlacedBox, PlacedGroup, PlacedOverview } from "./placed.ts";
import {
  GROUP_GAP,
  GROUP_HEIGHT,
  LARGE_BOX,
  MARGIN,
  MAX_GUTTER,
  MIN_GUTTER,
  type OverviewShape,
  SMALL_BOX,
  TURNED_BOX,
} from "./shapes.ts";

/** Places a drawing of one shape. Deterministic; about ten milliseconds for a hundred boxes. */
export function placeOverview(overview: Overview, given: OverviewShape): PlacedOverview {
  const placed = new Placing(overview, layOut(overview, fitShape(overview, given, 0))).finish();
  if (placed.height <= given.height + 0.5 || overview.alone.count === 0 || placed.turned) return placed;
  // No corner is free for the nodes without edges: they have a row of their own.
  return new Placing(overview, layOut(overview, fitShape(overview, given, ALONE_ROW), ALONE_ROW)).finish();
}

class Placing {
  readonly #overview: Overview;
  readonly #laid: LaidOut;
  readonly #shape: OverviewShape;
  readonly #chosen: ChosenBoxes;
  readonly #nodeOf: readonly number[];
  readonly #layerOf: readonly number[];
  readonly #layered: LayeredBoxes;
  readonly #grouped: boolean;
  readonly #text: BoxTexts;
  readonly #layers: [number, number][];
  readonly #top: number;
  #boxes: PlacedBox[] = [];

  constructor(overview: Overview, laid: LaidOut) {
    const { shape, chosen, nodeOf, layerOf, layered, grouped } = laid;
    this.#overview = overview;
    this.#laid = laid;
    this.#shape = shape;
    this.#chosen = chosen;
    this.#nodeOf = nodeOf;
    this.#layerOf = layerOf;
    this.#layered = layered;
    this.#grouped = grouped;
    this.#top = shape.turned ? MARGIN : MARGIN + headHeight(grouped);
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
    const offset = turned ? MARGIN : this.#top;
    const asked = { overview: this.#overview, laid: this.#laid, layers: this.#layers, offset };
    const lines = listLines({ ...asked, boxes: this.#boxes });
    return {
      shape: this.#shape.name as PlacedOverview["shape"],
      turned,
      small: this.#chosen.whole,
      font: this.#text.font,
      width: alone.width,
      height: alone.height,
      boxes: this.#withHidden(),
      groups: [...groups, ...alone.groups],
      ...lines,
      layers: this.#layers,
      heads: turned ? [] : this.#listHeads(),
      alone: alone.title,
      fullBar: this.#text.fullBar,
      largeFrom: this.#text.largeFrom,
      suffix: this.#text.suffix,
    };
  }

  /** Start and end of each layer in the direction of the steps: as wide as its longest name, with equal gutters. */
  #placeAlong(): [number, number][] {
    const { turned, width, height } = this.#shape;
    const below = turned && this.#chosen.alone.length > 0 ? MARGIN + ALONE_TITLE + this.#shape.box.height : 10;
    const room = (turned ? height : width) - 2 * MARGIN - below;
    const sizes = turned
      ? this.#chosen.layers.map(() => this.#shape.box.height)
      : layerWidths(this.#overview, this.#chosen, this.#text, room);
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
    for (const { from } of this.#laid.edges) drawn[from]!++;
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

  #listHeads(): PlacedOverview["heads"] {
    const { columns, alone } = this.#overview;
    const total = [...columns, alone].reduce((sum, { bytes }) => sum + bytes, 0);
    return columns.flatMap(({ first, last, count, bytes }, i) => {
      const layer = this.#chosen.columnOf.indexOf(i);
      if (layer < 0) return [];
      const [start, end] = this.#layers[layer]!;
      const steps = first === last ? `${first}` : `${first}–${last}`;
      const nodes = this.#grouped ? { count, bytes, share: total === 0 ? 0 : bytes / total } : undefined;
      return [{ x: start, width: end - start, step: i === 0 ? `step ${steps}` : steps, nodes }];
    });
  }
}

function toTexts(overview: Overview, shape: OverviewShape, { whole }: ChosenBoxes, drawn: readonly number[]): BoxTexts {
  const { font } = whole ? SMALL_BOX : shape.turned ? TURNED_BOX : LARGE_BOX;
  const height = boxHeight(shape, whole);
  const suffix = commonSuffix(drawn.map((node) => overview.nodes[node]!.name));
  return new BoxTexts(overview, drawn, { font, height, small: whole, suffix });
}
