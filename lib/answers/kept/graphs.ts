import { type ArtifactGraph, loadGraph } from "#lib/db/queries/load-graph.ts";
import type { Queryable } from "#lib/db/queries/queryable.ts";
import { type Graph, reverse } from "#lib/graph/graph.ts";
import { KeptByUse } from "./by-use.ts";

/** Nodes of cached graphs: some 500 bytes each with their names, so at most about 250 MB. */
const KEPT_NODES = 500_000;

/** An artifact's graph with everything that traversals need. Arrays are by node index; sizes in bytes. */
export interface KeptGraph extends ArtifactGraph {
  /** The reversed graph: row i lists the referrers of node i. */
  readonly reversed: Graph;
  readonly selfSize: Float64Array;
  readonly retainedSize: Float64Array;
  readonly roots: Int32Array;
}

const kept = new KeptByUse<KeptGraph>(KEPT_NODES, ({ nodes }) => nodes.length);

/** The graph of one artifact. Scans are immutable, so a cached graph stays valid. */
export function loadKeptGraph(db: Queryable, artifactId: number): Promise<KeptGraph> {
  return kept.get(artifactId, async () => {
    const loaded = await loadGraph(db, artifactId);
    if (loaded === undefined) throw new Error(`artifact ${artifactId} has no graph: run stratigraph migrate --rebuild`);
    return toKeptGraph(loaded);
  });
}

function toKeptGraph(loaded: ArtifactGraph): KeptGraph {
  const { nodes, graph } = loaded;
  return {
    ...loaded,
    reversed: reverse(graph),
    selfSize: Float64Array.from(nodes, ({ selfSize }) => selfSize),
    retainedSize: Float64Array.from(nodes, ({ retainedSize }) => retainedSize),
    roots: Int32Array.from(nodes.filter(({ root }) => root).map(({ nodeIndex }) => nodeIndex)),
  };
}
