import type { DiffId } from "#lib/model/digest.ts";
import type { Holding } from "#lib/model/holding.ts";

/** A layer that a disk keeps more than once because it stands on different layers. */
export interface PenalisedLayer {
  readonly diffId: DiffId;
  readonly contentSize: number;
  /** ChainIDs it has in this set: copies that overlay2 and containerd keep. */
  readonly copies: number;
  /** `contentSize` × (copies − 1). */
  readonly extraBytes: number;
  /** Where it stands: position in the list of artifacts, and of the layer in the image. */
  readonly places: readonly { readonly artifact: number; readonly position: number; readonly chainId: string }[];
}

/**
 * The layers that cause `orderPenalty` (chain − layer), the costliest first. Their extra bytes sum to it, exactly; empty
 * layers cost nothing and are left out.
 */
export function findPenalisedLayers(holdings: readonly Holding[]): PenalisedLayer[] {
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
