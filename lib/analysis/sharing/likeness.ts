import type { Holding } from "#lib/model/holding.ts";

/** Bytes of distinct contents that a layer of one image and a layer of another both show (positions, 0 the lowest; a closure has only 0). */
export interface LikenessBand {
  readonly from: number;
  readonly to: number;
  readonly bytes: number;
}

/**
 * What two artifacts have in common below the level of layers: contents that both show, in layers that are not the same.
 * Each content counts once, at the lowest layer of either image that shows it. A closure is one layer to an image, as far
 * as its files are known. The largest first; [] between two closures, which have whole items in common.
 */
export function findLikeness(left: Holding, right: Holding): LikenessBand[] {
  if (left.kind === "closure" && right.kind === "closure") return [];
  const leftLayers = findLowestLayers(left);
  const rightLayers = findLowestLayers(right);
  const rightCount = right.kind === "image" ? right.layers.length : 1;
  const bytes = new Map<number, number>();
  for (const [contentId, { layer: from, byteCount }] of leftLayers) {
    const to = rightLayers.get(contentId)?.layer;
    if (to === undefined || isSameLayer(left, from, right, to)) continue;
    const pair = from * rightCount + to;
    bytes.set(pair, (bytes.get(pair) ?? 0) + byteCount);
  }
  return [...bytes]
    .map(([pair, sum]) => ({
      from: Math.floor(pair / rightCount),
      to: pair % rightCount,
      bytes: sum,
    }))
    .filter((band) => band.bytes > 0)
    .sort((a, b) => b.bytes - a.bytes || a.from - b.from || a.to - b.to);
}

function isSameLayer(left: Holding, from: number, right: Holding, to: number): boolean {
  return left.kind === "image" && right.kind === "image" && left.layers[from]!.layerId === right.layers[to]!.layerId;
}

/** Content id → the lowest layer that shows it, and its bytes. */
function findLowestLayers(held: Holding): Map<number, { layer: number; byteCount: number }> {
  const lowest = new Map<number, { layer: number; byteCount: number }>();
  const bodies = held.kind === "image" ? held.bodies : held.items.bodies;
  if (bodies === undefined) return lowest;
  const layers = "layer" in bodies ? bodies.layer : undefined;
  for (let i = 0; i < bodies.count; i++) {
    const contentId = bodies.contentId[i]!;
    const layer = layers?.[i] ?? 0;
    const known = lowest.get(contentId);
    if (known === undefined || layer < known.layer) lowest.set(contentId, { layer, byteCount: bodies.byteCount[i]! });
  }
  return lowest;
}
