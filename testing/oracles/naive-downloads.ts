import type { DescribedImage, DescribedLayer } from "#lib/model/snapshot.ts";

type Key = (layer: DescribedLayer) => string;

/** What counts once on each rung by download. */
const KEYS: Readonly<Record<string, Key>> = {
  chain: ({ chainId }) => chainId,
  layer: ({ diffId }) => diffId,
  blob: ({ digest }) => digest,
};

/** Bytes of a set on one rung by definition, `null` if one is not known. */
export function sumDownloads(images: readonly DescribedImage[], rung: string): number | null {
  const layers = images.flatMap((image) => image.layers);
  if (rung === "unshared") return sum(layers.map((layer) => leastOf(layers, KEYS.blob!, layer)));
  const once = layers.filter((layer, i) => layers.findIndex((other) => isSame(rung, other, layer)) === i);
  return sum(once.map((layer) => sizeOf(layers, rung, layer)));
}

/** Bytes of the layers that exactly these images have. */
export function sumCell(images: readonly DescribedImage[], rung: string, held: readonly number[]): number | null {
  const layers = images.flatMap((image) => image.layers);
  const once = layers.filter((layer, i) => layers.findIndex((other) => isSame(rung, other, layer)) === i);
  const inCell = once.filter((layer) =>
    images.every((image, i) => image.layers.some((other) => isSame(rung, other, layer)) === held.includes(i)),
  );
  return sum(inCell.map((layer) => sizeOf(layers, rung, layer)));
}

function isSame(rung: string, one: DescribedLayer, other: DescribedLayer): boolean {
  return KEYS[rung]!(one) === KEYS[rung]!(other);
}

/** A layer counts with its smallest blob, a blob with its own size. */
function sizeOf(all: readonly DescribedLayer[], rung: string, layer: DescribedLayer): number | undefined {
  return leastOf(all, rung === "blob" ? KEYS.blob! : KEYS.layer!, layer);
}

function leastOf(all: readonly DescribedLayer[], keyOf: Key, layer: DescribedLayer): number | undefined {
  const known = all.filter((other) => keyOf(other) === keyOf(layer)).flatMap(({ downloadSize }) => downloadSize ?? []);
  return known.length === 0 ? undefined : Math.min(...known);
}

function sum(sizes: readonly (number | undefined)[]): number | null {
  return sizes.reduce<number | null>((total, size) => (total === null || size === undefined ? null : total + size), 0);
}
