import type { ArtifactLabel, LayerLikeness } from "#lib/model/answer.ts";
import type { LikeBand } from "./joins.ts";

type Bands = LayerLikeness["bands"];
type Places = readonly (number | undefined)[];

/**
 * The similarity of neighbours if columns are drawn in another order than that of the answer, for which it was
 * computed. New neighbours get that of two artifacts with the same layers in the same places, as far as these
 * go: what two layers share does not depend on their images. Layers above may hide some of their files, so the bytes
 * are accurate enough for a picture only.
 */
export function orderedBands(
  artifacts: readonly ArtifactLabel[],
  known: readonly LayerLikeness[],
  order: readonly number[],
): LikeBand[] {
  return order.slice(1).flatMap((right, column) => {
    const pair = [artifacts[order[column]!]!, artifacts[right]!] as const;
    return nearestBands(artifacts, known, pair).map((band) => ({ column, ...band }));
  });
}

function nearestBands(
  artifacts: readonly ArtifactLabel[],
  known: readonly LayerLikeness[],
  [left, right]: readonly [ArtifactLabel, ArtifactLabel],
): Bands {
  let [nearest, most]: [Bands, number] = [[], 0];
  for (const { left: from, right: to, bands } of known) {
    const ways = [
      [artifacts[from]!, artifacts[to]!, bands],
      [artifacts[to]!, artifacts[from]!, bands.map((band) => ({ ...band, from: band.to, to: band.from }))],
    ] as const;
    for (const [first, second, there] of ways) {
      if (first === left && second === right) return there;
      const here = carryOver(there, samePlaces(first, left), samePlaces(second, right));
      const bytes = here.reduce((sum, band) => sum + band.bytes, 0);
      if (bytes > most) [nearest, most] = [here, bytes];
    }
  }
  return nearest;
}

/** For each layer of one image, its position in another that has it in the same place. */
function samePlaces(one: ArtifactLabel, other: ArtifactLabel): Places {
  if (one === other) return one.kind === "closure" ? [0] : [...one.layers.keys()];
  const positions = new Map(other.layers.map(({ diffId, chainId }, i) => [`${diffId} ${chainId}`, i]));
  return one.layers.map(({ diffId, chainId }) => positions.get(`${diffId} ${chainId}`));
}

function carryOver(bands: Bands, lefts: Places, rights: Places): Bands {
  return bands.flatMap(({ from, to, bytes }) => {
    const [left, right] = [lefts[from], rights[to]];
    return left === undefined || right === undefined ? [] : [{ from: left, to: right, bytes }];
  });
}
