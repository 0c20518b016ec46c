import ELK, { type ElkExtendedEdge, type ElkNode } from "elkjs/lib/elk.bundled.js";
import { countCrossings } from "#lib/graph/layered/count-crossings.ts";
import { buildLanes } from "#lib/graph/layered/lanes.ts";
import { orderLayers } from "#lib/graph/layered/order-layers.ts";
import { storeLikeGraph } from "#testing/builders/graphs.ts";
import { type Figure, medianOf, seconds } from "../measure-run.ts";

const NODES = 500;
const EDGES_PER_NODE = 2;
const RUNS = 3;

type Pair = readonly [from: number, to: number];

/** Crossings of our order of 500 nodes and of ELK's, in the same layers: ELK's own. Every edge has its own line for both. */
export async function benchCrossings(): Promise<Figure[]> {
  const pairs = listPairs();
  const elk = await layOutWithElk(pairs);
  const layerOf = toLayers(elk);
  const forward = pairs.filter(([from, to]) => layerOf[from]! < layerOf[to]!);
  const lanes = buildOwnLanes(layerOf, forward);
  const theirs = countCrossings(lanes, elkOrder(lanes, elk, layerOf, forward));
  const question = {
    lanes,
    first: Array.from({ length: lanes.boxCount }, (_, i) => i),
    together: new Array<number>(lanes.boxCount).fill(-1),
  };
  const ours = countCrossings(lanes, orderLayers(question));
  const shared = buildLanes({ layerOf, from: forward.map(([from]) => from), to: forward.map(([, to]) => to) });
  const bundled = { ...question, lanes: shared };
  const drawn = countCrossings(shared, orderLayers(bundled));
  const milliseconds = await medianOf(RUNS, async () => orderLayers(bundled));
  return [
    {
      what: `overview: crossings of ${NODES} nodes, ${forward.length} edges, one line an edge; ELK's; as drawn, one line a target`,
      value: `${ours}; ${theirs}; ${drawn}`,
      budget: "≤ ELK's",
      within: ours <= theirs && drawn <= theirs,
    },
    { what: "overview: its order, one line a target", value: seconds(milliseconds), budget: "", within: undefined },
  ];
}

/** Distinct edges of a graph like a store's. */
function listPairs(): Pair[] {
  const { offsets, targets } = storeLikeGraph(NODES, EDGES_PER_NODE);
  return Array.from({ length: NODES }, (_, from) => from).flatMap((from) =>
    [...new Set(targets.subarray(offsets[from]!, offsets[from + 1]!))].map((to): Pair => [from, to]),
  );
}

async function layOutWithElk(pairs: readonly Pair[]): Promise<ElkNode> {
  return new ELK().layout({
    id: "root",
    layoutOptions: {
      "elk.algorithm": "layered",
      "elk.direction": "RIGHT",
      "elk.edgeRouting": "POLYLINE",
      "elk.layered.layering.strategy": "LONGEST_PATH",
      "elk.layered.thoroughness": "7",
      "elk.separateConnectedComponents": "false",
    },
    children: Array.from({ length: NODES }, (_, i) => ({ id: `${i}`, width: 40, height: 20 })),
    edges: pairs.map(([from, to], i) => ({ id: `e${i}`, sources: [`${from}`], targets: [`${to}`] })),
  });
}

/** Numbers of the layers from the nodes' columns. */
function toLayers({ children = [] }: ElkNode): number[] {
  const columns = [...new Set(children.map(({ x }) => Math.round(x!)))].sort((a, b) => a - b);
  return children.map(({ x }) => columns.indexOf(Math.round(x!)));
}

/** One lane for each edge in each layer between: targets are copied, so that no edges share one. */
function buildOwnLanes(layerOf: readonly number[], pairs: readonly Pair[]) {
  const single = pairs.map((pair) => buildLanes({ layerOf, from: [pair[0]], to: [pair[1]] }));
  const layers = [...layerOf];
  const targets: number[] = [];
  const segments = single.flatMap((lanes, edge) => {
    const base = layers.length - lanes.boxCount;
    for (let lane = lanes.boxCount; lane < lanes.itemCount; lane++) {
      layers.push(lanes.layerOf[lane]!);
      targets.push(lanes.targetOf(lane));
    }
    const place = (item: number) => (item < lanes.boxCount ? item : item + base);
    return lanes.segments.map((segment) => ({
      ...segment,
      from: place(segment.from),
      to: place(segment.to),
      edges: [edge],
    }));
  });
  return {
    boxCount: NODES,
    itemCount: layers.length,
    layerOf: Int32Array.from(layers),
    targetOf: (lane: number) => targets[lane - NODES]!,
    entryOf: (target: number) => target,
    segments,
  };
}

/** ELK's order of each layer: nodes by their height, lines by their height at the layer. */
function elkOrder(
  lanes: ReturnType<typeof buildOwnLanes>,
  elk: ElkNode,
  layerOf: readonly number[],
  pairs: readonly Pair[],
) {
  const { children = [], edges = [] } = elk;
  const middle = layerOf.map((_, node) => children[node]!.x! + children[node]!.width! / 2);
  const columnOf = (layer: number) => middle[layerOf.indexOf(layer)]!;
  const lineOf = new Map(edges.map((edge) => [`${edge.sources[0]} ${edge.targets[0]}`, edge]));
  const height = new Float64Array(lanes.itemCount);
  for (const [node, { y, height: tall }] of children.entries()) height[node] = y! + tall! / 2;
  for (const { to, edges: own } of lanes.segments) {
    if (to < lanes.boxCount) continue;
    height[to] = heightAt(lineOf.get(pairs[own[0]!]!.join(" "))!, columnOf(lanes.layerOf[to]!));
  }
  const layers = Array.from({ length: Math.max(...lanes.layerOf) + 1 }, (): number[] => []);
  for (let item = 0; item < lanes.itemCount; item++) layers[lanes.layerOf[item]!]!.push(item);
  return layers.map((layer) => layer.sort((a, b) => height[a]! - height[b]! || a - b));
}

function heightAt({ sections = [] }: ElkExtendedEdge, x: number): number {
  const points = sections.flatMap(({ startPoint, bendPoints = [], endPoint }) => [startPoint, ...bendPoints, endPoint]);
  const after = Math.max(
    1,
    points.findIndex((point) => point.x >= x),
  );
  const [a, b] = [points[after - 1]!, points[after]!];
  return b.x === a.x ? b.y : a.y + ((b.y - a.y) * (x - a.x)) / (b.x - a.x);
}
