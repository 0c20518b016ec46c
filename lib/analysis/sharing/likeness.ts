import type { Holding } from "#lib/model/holding.ts";
import { buildRung } from "./build-rung.ts";

/**
 * Bytes of distinct contents visible in both a layer of one image and a layer of another (positions, 0 the lowest; a closure has
 * only 0).
 */
export interface LikenessBand {
  readonly from: number;
  readonly to: number;
  readonly bytes: number;
}

/**
 * Contents that two artifacts have in common outside common layers: visible in both, in layers that differ. Each content counts
 * once, at the lowest layer of either image that shows it. A closure counts as one layer; its items with unread files are
 * compared as a whole. The largest first.
 */
export function computeLikeness(left: Holding, right: Holding): LikenessBand[] {
  const { unitCount, bytes, unitOfRow } = buildRung("file", [left, right]);
  const leftLayers = findLowestLayers(left, unitOfRow[0]!, unitCount);
  const rightLayers = findLowestLayers(right, unitOfRow[1]!, unitCount);
  const rightCount = layerCountOf(right);
  const sums = new Float64Array(layerCountOf(left) * rightCount);
  for (let unit = 0; unit < unitCount; unit++) {
    const [from, to] = [leftLayers[unit]!, rightLayers[unit]!];
    if (from !== NOT_SHOWN && to !== NOT_SHOWN) sums[from * rightCount + to]! += bytes[unit]!;
  }
  const bands: LikenessBand[] = [];
  for (const [pair, sum] of sums.entries()) {
    const band = { from: Math.floor(pair / rightCount), to: pair % rightCount, bytes: sum };
    if (sum > 0 && !isSameLayer(left, band.from, right, band.to)) bands.push(band);
  }
  return bands.sort((a, b) => b.bytes - a.bytes || a.from - b.from || a.to - b.to);
}

function layerCountOf(held: Holding): number {
  return held.kind === "image" ? held.layers.length : 1;
}

function isSameLayer(left: Holding, from: number, right: Holding, to: number): boolean {
  return left.kind === "image" && right.kind === "image" && left.layers[from]!.layerId === right.layers[to]!.layerId;
}

const NOT_SHOWN = -1;

/** By unit: the lowest layer in which the content is visible. */
function findLowestLayers(held: Holding, unitOfRow: Int32Array, unitCount: number): Int32Array {
  const lowest = new Int32Array(unitCount).fill(NOT_SHOWN);
  for (let row = 0; row < unitOfRow.length; row++) {
    const unit = unitOfRow[row]!;
    const layer = held.kind === "image" ? held.bodies.layer[row]! : 0;
    if (lowest[unit] === NOT_SHOWN || layer < lowest[unit]!) lowest[unit] = layer;
  }
  return lowest;
}
