/** What a layer contains, numbered: the boxes first, then the lanes. */
export interface Lanes {
  readonly boxCount: number;
  /** Boxes and lanes. */
  readonly itemCount: number;
  /** By item. */
  readonly layerOf: Int32Array;
  /** By lane, from `boxCount` on: the box that it leads to. */
  readonly targetOf: (lane: number) => number;
  /** Between adjacent layers, left to right; several edges to one target share a segment. */
  readonly segments: readonly Segment[];
  /** Where an edge to a target enters a layer: its lane there, or the target itself. */
  readonly entryOf: (target: number, layer: number) => number;
}

export interface Segment {
  readonly from: number;
  readonly to: number;
  /** The target of all its edges. */
  readonly target: number;
  /** The edges, by position in the given list. */
  readonly edges: readonly number[];
}

interface LayeredEdges {
  readonly layerOf: ArrayLike<number>;
  /** Each edge leads to a higher layer. */
  readonly from: ArrayLike<number>;
  readonly to: ArrayLike<number>;
}

/**
 * Divides edges into segments between adjacent layers. All edges to one target share one lane in each layer between (the dummy
 * nodes of Sugiyama, Tagawa, Toda 1981, but one per target instead of one per edge): a node that eighty need has one stem.
 */
export function buildLanes({ layerOf, from, to }: LayeredEdges): Lanes {
  const boxCount = layerOf.length;
  const layers = Array.from(layerOf);
  const targets: number[] = [];
  const firstLane = new Map<number, { lane: number; layer: number }>();
  const edgesTo = Map.groupBy(Array.from(to).keys(), (edge) => to[edge]!);
  const segments = new Map<number, { from: number; to: number; target: number; edges: number[] }>();
  const entryOf = (target: number, layer: number) => {
    const first = firstLane.get(target);
    return first === undefined || layer >= layerOf[target]! ? target : first.lane + layer - first.layer;
  };
  const add = (source: number, entry: number, target: number, edge: number) => {
    // Items are numbered below 2²⁶: a pair is an exact number.
    const key = source * 2 ** 26 + entry;
    const known = segments.get(key);
    if (known === undefined) segments.set(key, { from: source, to: entry, target, edges: [edge] });
    else known.edges.push(edge);
  };
  for (const target of [...edgesTo.keys()].sort((a, b) => a - b)) {
    const edges = edgesTo.get(target)!;
    const first = edges.reduce((least, edge) => Math.min(least, layerOf[from[edge]!]!), layerOf[target]!) + 1;
    if (first < layerOf[target]!) firstLane.set(target, { lane: layers.length, layer: first });
    for (let layer = first; layer < layerOf[target]!; layer++) {
      layers.push(layer);
      targets.push(target);
    }
    for (const edge of edges) {
      let at = from[edge]!;
      for (let layer = layerOf[at]! + 1; layer <= layerOf[target]!; layer++) {
        const entry = entryOf(target, layer);
        add(at, entry, target, edge);
        at = entry;
      }
    }
  }
  return {
    boxCount,
    itemCount: layers.length,
    layerOf: Int32Array.from(layers),
    targetOf: (lane) => targets[lane - boxCount]!,
    segments: [...segments.values()],
    entryOf,
  };
}
