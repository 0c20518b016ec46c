import type { Pool } from "pg";
import { expect } from "vitest";
import { loadGraph } from "#lib/db/queries/load-graph.ts";
import { bruteForceRetained } from "./retained.ts";

/**
 * Expects every node of every artifact to have its brute-force value; returns the number of nodes. Graphs are loaded as for
 * pages, but not cached: the cache's keys are artifact ids, and a test may have several databases.
 */
export async function expectTrueRetained(pool: Pool): Promise<number> {
  const { rows } = await pool.query<{ id: number }>("SELECT id FROM artifact ORDER BY id");
  let nodeCount = 0;
  for (const { id } of rows) {
    const loaded = await loadGraph(pool, id);
    if (loaded === undefined) throw new Error(`artifact ${id} has no graph`);
    const { graph, nodes } = loaded;
    const roots = nodes.filter(({ root }) => root).map(({ nodeIndex }) => nodeIndex);
    const weights = Float64Array.from(nodes, ({ selfSize }) => selfSize);
    const retained = Float64Array.from(nodes, ({ retainedSize }) => retainedSize);
    expect(retained).toEqual(bruteForceRetained(graph, roots, weights));
    nodeCount += graph.nodeCount;
  }
  return nodeCount;
}
