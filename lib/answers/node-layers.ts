import type { Pool } from "pg";
import { checkSized } from "./check-sized.ts";
import { loadKeptHoldings } from "./kept/holdings.ts";
import { whileWhole } from "./while-whole.ts";

/** A layer with visible files of a node. */
export interface NodeLayer {
  /** Its position. */
  readonly layer: number;
  readonly count: number;
  readonly bytes: number;
}

/** The layers of an image that have the files of a node, that with most bytes first; [] for a closure. */
export function answerNodeLayers(db: Pool, artifactId: number, nodeIndex: number): Promise<NodeLayer[]> {
  return whileWhole(db, [{ id: artifactId }], async () => {
    await checkSized(db, [{ id: artifactId }]);
    const [held] = await loadKeptHoldings(db, [{ id: artifactId }]);
    if (held?.kind !== "image") return [];
    const { owner, layer, byteCount, count } = held.bodies;
    const sums = new Map<number, { count: number; bytes: number }>();
    for (let row = 0; row < count; row++) {
      if (owner[row] !== nodeIndex) continue;
      const sum = sums.get(layer[row]!) ?? { count: 0, bytes: 0 };
      sums.set(layer[row]!, { count: sum.count + 1, bytes: sum.bytes + byteCount[row]! });
    }
    return [...sums]
      .map(([position, sum]) => ({ layer: position, ...sum }))
      .sort((a, b) => b.bytes - a.bytes || a.layer - b.layer);
  });
}

/** The nodes with visible files in a layer of an image, by index; [] for a closure. */
export function answerLayerNodes(db: Pool, artifactId: number, layer: number): Promise<number[]> {
  return whileWhole(db, [{ id: artifactId }], async () => {
    await checkSized(db, [{ id: artifactId }]);
    const [held] = await loadKeptHoldings(db, [{ id: artifactId }]);
    if (held?.kind !== "image") return [];
    const { owner, layer: layers, count } = held.bodies;
    const found = new Set<number>();
    for (let row = 0; row < count; row++) if (layers[row] === layer && owner[row]! >= 0) found.add(owner[row]!);
    return [...found];
  });
}
