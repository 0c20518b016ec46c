import type { Holding, ImageHolding } from "#lib/model/holding.ts";

/** Bytes of distinct contents that a layer of one image and a layer of another both show (positions, 0 the lowest). */
export interface LikenessBand {
  readonly from: number;
  readonly to: number;
  readonly bytes: number;
}

/**
 * What two images have in common below the level of layers: contents that both show, in layers that are not the same.
 * Each content counts once, at the lowest layer of either image that shows it. The largest first; [] where a closure takes
 * part.
 */
export function findLikeness(left: Holding, right: Holding): LikenessBand[] {
  if (left.kind !== "image" || right.kind !== "image") return [];
  const leftLayers = findLowestLayers(left);
  const rightLayers = findLowestLayers(right);
  const bytes = new Map<number, number>();
  for (const [contentId, { layer: from, byteCount }] of leftLayers) {
    const to = rightLayers.get(contentId)?.layer;
    if (to === undefined || left.layers[from]!.layerId === right.layers[to]!.layerId) continue;
    const pair = from * right.layers.length + to;
    bytes.set(pair, (bytes.get(pair) ?? 0) + byteCount);
  }
  return [...bytes]
    .map(([pair, sum]) => ({
      from: Math.floor(pair / right.layers.length),
      to: pair % right.layers.length,
      bytes: sum,
    }))
    .filter((band) => band.bytes > 0)
    .sort((a, b) => b.bytes - a.bytes || a.from - b.from || a.to - b.to);
}

/** Content id → the lowest layer that shows it, and its bytes. */
function findLowestLayers({ bodies }: ImageHolding): Map<number, { layer: number; byteCount: number }> {
  const lowest = new Map<number, { layer: number; byteCount: number }>();
  for (let i = 0; i < bodies.count; i++) {
    const contentId = bodies.contentId[i]!;
    const layer = bodies.layer[i]!;
    const known = lowest.get(contentId);
    if (known === undefined || layer < known.layer) lowest.set(contentId, { layer, byteCount: bodies.byteCount[i]! });
  }
  return lowest;
}
