import { firstRows, splitRows } from "#lib/db/queries/columns.ts";
import { listLayerIds } from "#lib/db/queries/list-layer-ids.ts";
import { listLayers } from "#lib/db/queries/list-layers.ts";
import type { Queryable } from "#lib/db/queries/queryable.ts";

/** The layers of an image as its entries are numbered: all layers through, bottom first. */
export class ImageRows {
  /** Database ids, by position. */
  readonly layerIds: readonly number[];
  readonly #layers: readonly { readonly entryCount: number }[];
  readonly #first: Int32Array;

  constructor(layerIds: readonly number[], layers: readonly { readonly entryCount: number }[]) {
    this.layerIds = layerIds;
    this.#layers = layers;
    this.#first = firstRows(layers);
  }

  rowOf(layer: number, entry: number): number {
    return this.#first[layer]! + entry;
  }

  /** The layers and entries of these rows. */
  split(rows: readonly number[]): { readonly layer: number; readonly entry: number }[] {
    const { layer, entry } = splitRows(Int32Array.from(rows), this.#layers);
    return rows.map((_, i) => ({ layer: layer[i]!, entry: entry[i]! }));
  }
}

export async function loadImageRows(db: Queryable, artifactId: number): Promise<ImageRows> {
  const [layerIds, layers] = await Promise.all([listLayerIds(db, artifactId), listLayers(db, [artifactId])]);
  return new ImageRows(
    layerIds,
    layers.map(({ entryCount = 0 }) => ({ entryCount })),
  );
}
