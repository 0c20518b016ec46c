import type { PenalisedLayer } from "#lib/model/answer.ts";
import type { DiffId } from "#lib/model/digest.ts";
import type { Holding } from "#lib/model/holding.ts";

/**
 * The layers that cause `orderPenalty` (chain − layer), the costliest first. Their extra bytes sum to it exactly; empty layers
 * cost nothing and are left out.
 */
export function computePenalisedLayers(holdings: readonly Holding[]): PenalisedLayer[] {
  const byDiffId = new Map<DiffId, { contentSize: number; places: PenalisedLayer["places"][number][] }>();
  for (const [artifact, holding] of holdings.entries()) {
    if (holding.kind === "closure") continue;
    for (const [position, { diffId, chainId, contentSize }] of holding.layers.entries()) {
      const known = byDiffId.get(diffId) ?? { contentSize, places: [] };
      known.places.push({ artifact, position, chainId });
      byDiffId.set(diffId, known);
    }
  }
  return [...byDiffId]
    .map(([diffId, { contentSize, places }]) => {
      const copies = new Set(places.map(({ chainId }) => chainId)).size;
      return { diffId, contentSize, copies, extraBytes: contentSize * (copies - 1), places };
    })
    .filter(({ extraBytes }) => extraBytes > 0)
    .sort((a, b) => b.extraBytes - a.extraBytes || (a.diffId < b.diffId ? -1 : 1));
}
