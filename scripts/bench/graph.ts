import { buildGraph, type Graph } from "#lib/graph/graph.ts";
import { computeRetainedSizes } from "#lib/graph/retained-sizes.ts";
import { seededRandom } from "#testing/builders/graphs.ts";
import { type Figure, medianOf, seconds } from "./measure-run.ts";

const RUNS = 5;
const NODES = 100_000;
const EDGES = 1_000_000;

/** Retained sizes with cycles everywhere: a random graph with ten edges per node is almost entirely one strong component. */
export async function benchGraph(): Promise<Figure[]> {
  const graph = buildRandomGraph();
  const weights = new Float64Array(NODES).fill(1);
  const milliseconds = await medianOf(RUNS, async () => computeRetainedSizes(graph, [0], weights));
  return [
    {
      what: `graph: retained sizes of ${NODES} nodes, ${EDGES} edges full of cycles`,
      value: seconds(milliseconds),
      budget: "≤ 1 s",
      within: milliseconds <= 1000,
    },
  ];
}

function buildRandomGraph(): Graph {
  const random = seededRandom(1);
  const draw = () => Int32Array.from({ length: EDGES }, () => Math.floor(random() * NODES));
  return buildGraph({ nodeCount: NODES, from: draw(), to: draw() }).graph;
}
