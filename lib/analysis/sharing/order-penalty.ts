import type { PenalisedLayer } from "#lib/model/answer.ts";
import type { ChainId, DiffId } from "#lib/model/digest.ts";

/** A layer at its position in one image, with the bytes that count. */
interface SizedLayer {
  readonly diffId: DiffId;
  readonly chainId: ChainId;
  readonly bytes: number;
}

type Penalised = Omit<PenalisedLayer, "contentSize" | "downloadSize"> & { readonly bytes: number };

/**
 * The layers that cause `orderPenalty` (chain − layer), the costliest first. Their extra bytes sum to it exactly; empty layers
 * cost nothing and are left out, and so are layers of unknown size. `images`: the layers of each, [] for a closure.
 */
export function computePenalisedLayers(images: readonly (readonly SizedLayer[])[]): Penalised[] {
  const byDiffId = new Map<DiffId, { bytes: number; places: PenalisedLayer["places"][number][] }>();
  for (const [artifact, layers] of images.entries()) {
    for (const [position, { diffId, chainId, bytes }] of layers.entries()) {
      const known = byDiffId.get(diffId) ?? { bytes, places: [] };
      known.places.push({ artifact, position, chainId });
      byDiffId.set(diffId, known);
    }
  }
  return [...byDiffId]
    .map(([diffId, { bytes, places }]) => {
      const copies = new Set(places.map(({ chainId }) => chainId)).size;
      return { diffId, bytes, copies, extraBytes: bytes * (copies - 1), places };
    })
    .filter(({ extraBytes }) => extraBytes > 0 && Number.isFinite(extraBytes))
    .sort((a, b) => b.extraBytes - a.extraBytes || (a.diffId < b.diffId ? -1 : 1));
}
