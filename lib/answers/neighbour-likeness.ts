import { computeLikeness } from "#lib/analysis/sharing/likeness.ts";
import type { LayerLikeness } from "#lib/model/answer.ts";
import type { Holding } from "#lib/model/holding.ts";

/** The content that each artifact has in common with the next one, layer by layer: the bands of a correlation. */
export function findNeighbourLikeness(holdings: readonly Holding[]): LayerLikeness[] {
  return holdings
    .slice(1)
    .map((right, left) => ({ left, right: left + 1, bands: computeLikeness(holdings[left]!, right) }));
}
