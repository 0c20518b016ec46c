import type { Pool } from "pg";
import type { ImageHolding } from "#lib/model/holding.ts";
import { loadKeptHoldings } from "../kept/holdings.ts";

const kept = new WeakMap<ImageHolding, Int32Array>();

/** The layer of an image with most bytes of each node, −1 for nodes without files; `undefined` for other artifacts. */
export async function loadNodeLayers(db: Pool, artifactId: number, nodeCount: number): Promise<Int32Array | undefined> {
  const [held] = await loadKeptHoldings(db, [{ id: artifactId }]);
  if (held?.kind !== "image") return undefined;
  const known = kept.get(held);
  if (known !== undefined) return known;
  const layers = findLayers(held, nodeCount);
  kept.set(held, layers);
  return layers;
}

function findLayers({ bodies, layers }: ImageHolding, nodeCount: number): Int32Array {
  const bytes = new Float64Array(nodeCount * layers.length);
  for (let body = 0; body < bodies.count; body++) {
    const owner = bodies.owner[body]!;
    // A file counts even if it is empty: a node of links and empty files has a layer, too.
    if (owner >= 0) bytes[owner * layers.length + bodies.layer[body]!]! += bodies.byteCount[body]! + 1;
  }
  return Int32Array.from({ length: nodeCount }, (_, node) => {
    const row = bytes.subarray(node * layers.length, (node + 1) * layers.length);
    const most = row.reduce((best, value, layer) => (value > row[best]! ? layer : best), 0);
    return (row[most] ?? 0) > 0 ? most : -1;
  });
}
