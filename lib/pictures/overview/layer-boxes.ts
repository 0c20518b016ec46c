import { buildLanes, type Lanes } from "#lib/graph/layered/lanes.ts";
import { orderLayers } from "#lib/graph/layered/order-layers.ts";
import { placeLayers } from "#lib/graph/layered/place-layers.ts";
import type { Overview } from "#lib/model/overview.ts";
import type { ChosenBoxes } from "./choose-boxes.ts";
import type { DrawnEdge } from "./drawn-edges.ts";
import { LANE } from "./shapes.ts";

export interface LayerQuestion {
  readonly overview: Overview;
  readonly chosen: ChosenBoxes;
  /** Positions in `nodes`, by box; boxes without a layer are last. */
  readonly nodeOf: readonly number[];
  readonly layerOf: readonly number[];
  readonly edges: readonly DrawnEdge[];
  /** Of a box, across the layers; and the least room between two. */
  readonly size: number;
  readonly gap: number;
  /** Room across the layers. */
  readonly room: number;
  /** Centres of the boxes that were there before others came, by position in `nodes`: they keep them. */
  readonly pins: ReadonlyMap<number, number>;
  /** Boxes at the end of each layer that are not in the graph: groups of a turned drawing. */
  readonly extra: readonly number[];
}

export interface LayeredBoxes {
  readonly lanes: Lanes;
  /** Centres across the layers, by box and lane, then by layer with an extra box. */
  readonly at: Float64Array;
  readonly extraAt: ReadonlyMap<number, number>;
  readonly room: number;
}

const LANE_WEIGHT = 4;
/** Lines that are nearer to each other are one. */
const MIN_LANE = 1.25;

/** Boxes and lanes of each layer in an order with few crossings, at places across it. */
export function layerBoxes(question: LayerQuestion): LayeredBoxes {
  const { overview, nodeOf, layerOf, edges, size, gap, room, extra, pins } = question;
  const drawn = edges.filter(({ from, to, follows }) => !follows && layerOf[from]! < layerOf[to]!);
  const lanes = buildLanes({ layerOf, from: drawn.map(({ from }) => from), to: drawn.map(({ to }) => to) });
  const isNew = (item: number) => item < lanes.boxCount && !pins.has(nodeOf[item]!);
  // New ones are below those that keep their places.
  const order = orderBoxes(question, lanes, drawn).map((layer) =>
    pins.size === 0 ? layer : [...layer.filter((item) => !isNew(item)), ...layer.filter(isNew)],
  );
  const extras = new Map(extra.map((layer, i) => [layer, lanes.itemCount + i]));
  const layers = order.map((layer, i) => (extras.has(i) ? [...layer, extras.get(i)!] : layer));
  const isLane = (item: number) => item >= lanes.boxCount && item < lanes.itemCount;
  const cycleOf = (item: number) => (item < lanes.boxCount ? overview.nodes[nodeOf[item]!]!.cycle : -1);
  const lane = laneRoom(layers, isLane, size + gap, room);
  const sizes = Float64Array.from({ length: lanes.itemCount + extra.length }, (_, i) => (isLane(i) ? lane / 2 : size));
  const { at, height } = placeLayers({
    layers,
    segments: lanes.segments,
    sizes,
    gapOf: (above, below) => (isLane(above) || isLane(below) ? lane / 2 : gap),
    isGlued: (above, below) => cycleOf(above) >= 0 && cycleOf(above) === cycleOf(below),
    pinOf: (item) => (item < lanes.boxCount ? pins.get(nodeOf[item]!) : undefined),
    weightOf: (item) => (isLane(item) ? LANE_WEIGHT : 1),
    height: room,
  });
  return { lanes, at, room: height, extraAt: new Map([...extras].map(([layer, item]) => [layer, at[item]!])) };
}

/** Boxes that were there before keep their order: first without those that an opened group added, then with them. */
function orderBoxes({ overview, chosen, nodeOf, layerOf }: LayerQuestion, lanes: Lanes, edges: readonly DrawnEdge[]) {
  const nodes = nodeOf.slice(0, lanes.boxCount).map((node) => overview.nodes[node]!);
  const places = { first: nodes.map(({ order }) => order), together: nodes.map(({ cycle }) => cycle) };
  const older = nodeOf.flatMap((node, box) => (box < lanes.boxCount && !chosen.added.has(node) ? [box] : []));
  if (older.length === lanes.boxCount) return orderLayers({ lanes, ...places });
  const numberOf = new Map(older.map((box, i) => [box, i]));
  const kept = edges.filter(({ from, to }) => numberOf.has(from) && numberOf.has(to));
  const before = orderLayers({
    lanes: buildLanes({
      layerOf: older.map((box) => layerOf[box]!),
      from: kept.map(({ from }) => numberOf.get(from)!),
      to: kept.map(({ to }) => numberOf.get(to)!),
    }),
    first: older.map((box) => places.first[box]!),
    together: older.map((box) => places.together[box]!),
  });
  const positions = new Int32Array(lanes.itemCount).fill(-1);
  for (const layer of before)
    for (const [i, item] of layer.entries()) if (item < older.length) positions[older[item]!] = i;
  return orderLayers({ lanes, ...places, before: positions });
}

/** What is left of the fullest layer for each of its lanes: they are narrower before the drawing becomes larger. */
function laneRoom(
  layers: readonly (readonly number[])[],
  isLane: (item: number) => boolean,
  box: number,
  room: number,
): number {
  return layers.reduce((least, layer) => {
    const count = layer.filter(isLane).length;
    if (count === 0) return least;
    return Math.min(least, Math.max(MIN_LANE, (room - box * (layer.length - count)) / (count + 1)));
  }, LANE);
}
