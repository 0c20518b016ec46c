import type { LayerScan } from "#lib/model/layer.ts";
import { matchBase } from "./match-base.ts";
import { toMergedConfig } from "./merge-configuration.ts";
import { listMovedEntries } from "./moved-entries.ts";
import { buildMovedTree, type ReadLayer, toReadLayer } from "./moved-tree.ts";
import type { MovedConfig, MovedImage, RebaseSides } from "./sides.ts";

/** An image of a rebase with its layers read, the lowest first. */
export interface ReadImage {
  readonly about: MovedImage;
  readonly config: MovedConfig;
  readonly layers: readonly LayerScan[];
}

/** The three images of a rebase → what its checks are given. Throws InputError over the limits of a tree. */
export function buildSides(images: Record<"image" | "oldBase" | "newBase", ReadImage>): RebaseSides {
  const { image, oldBase, newBase } = images;
  const listed = shareListings();
  const [imageLayers, oldLayers, newLayers] = [image, oldBase, newBase].map(({ layers }) => layers.map(listed));
  const toTree = (layers: readonly ReadLayer[], { config, about }: ReadImage) =>
    buildMovedTree(layers, config, about.source);
  const oldTree = toTree(oldLayers!, oldBase);
  const base = matchBase(image.about, oldBase.about, oldTree, (count) => toTree(imageLayers!.slice(0, count), oldBase));
  const upper = imageLayers!.slice(base.layerCount);
  const afterLayers = [...newLayers!, ...upper];
  const configs = { image: image.config, oldBase: oldBase.config, newBase: newBase.config };
  const after = toMergedConfig(
    configs,
    afterLayers.map(({ scan }) => scan.diffId),
  );
  return {
    oldBase: oldTree,
    newBase: toTree(newLayers!, newBase),
    before: toTree(imageLayers!, image),
    after: buildMovedTree(afterLayers, after, image.about.source),
    upper: listMovedEntries(image.layers.slice(base.layerCount), base.layerCount),
    oldBaseLayers: base.layerCount,
    newBaseLayers: newBase.layers.length,
    base,
    images: { image: image.about, oldBase: oldBase.about, newBase: newBase.about },
    configs: { ...configs, after },
    problems: [...new Set([image, oldBase, newBase].flatMap(({ layers }) => layers))].flatMap(
      ({ problems }) => problems,
    ),
  };
}

/** The old base's layers are the image's too: names of one listing are built once. */
function shareListings(): (scan: LayerScan) => ReadLayer {
  const known = new Map<string, ReadLayer>();
  return (scan) => {
    const layer = known.get(scan.diffId) ?? toReadLayer(scan);
    known.set(scan.diffId, layer);
    return layer;
  };
}
