import type { HeldLayer, Holding, ImageHolding } from "#lib/model/holding.ts";
import { type Rung, RungBuilder } from "./rung.ts";

/** The rungs that follow from what is stored of every artifact, from the coarsest to the finest. */
export const RUNG_NAMES = ["chain", "layer", "live", "package", "file"] as const;
export type RungName = (typeof RUNG_NAMES)[number];

/** Keys of items stand apart from all others: ids are positive, so no other first number reaches this low. */
const ITEM = -(2 ** 33);

/**
 * One rung over these artifacts (MEASURES.md, "the ladder"). On every rung an item of a closure is a unit of its NAR size.
 * That is what it is from `chain` to `package`; on `file` it stands in for its files, whose hashes a store's database does
 * not have, so that `file` is estimated where a closure takes part.
 *
 * `package`: an owned body is its owner's purl, its path and its content. The rest is (DiffID, path), for which stands the
 * entry in the layer: the two differ only where a tar repeats a path and both bodies are seen, and are then two bodies.
 */
export function buildRung(name: RungName, holdings: readonly Holding[]): Rung {
  const builder = new RungBuilder(Math.max(0, ...holdings.map(countRows)));
  const chains = new Map<string, number>();
  for (const holding of holdings) {
    if (holding.kind === "closure") addItems(builder, holding.items);
    else if (name === "chain") addLayers(builder, holding, ({ chainId }) => numberOf(chains, chainId));
    else if (name === "layer") addLayers(builder, holding, ({ layerId }) => layerId);
    else ADD_BODIES[name](builder, holding, findWireRatios(holding.layers));
  }
  return builder.build(name, name === "file" && holdings.some(({ kind }) => kind === "closure"));
}

function countRows(holding: Holding): number {
  return holding.kind === "image" ? Math.max(holding.bodies.count, holding.layers.length) : holding.items.count;
}

function numberOf(numbers: Map<string, number>, key: string): number {
  const number = numbers.get(key) ?? numbers.size;
  numbers.set(key, number);
  return number;
}

function addItems(
  builder: RungBuilder,
  { count, componentId, narSize }: Extract<Holding, { kind: "closure" }>["items"],
): void {
  builder.startSet(count);
  for (let i = 0; i < count; i++) builder.add(i, ITEM - componentId[i]!, 0, narSize[i]!, 1);
}

function addLayers(builder: RungBuilder, { layers }: ImageHolding, keyOf: (layer: HeldLayer) => number): void {
  builder.startSet(layers.length);
  const ratios = findWireRatios(layers);
  for (const [i, layer] of layers.entries()) builder.add(i, keyOf(layer), 0, layer.contentSize, ratios[i]!);
}

/** Bytes of the blob a byte of content: a layer's own compression, and its tar headers with it. */
export function findWireRatios(layers: readonly HeldLayer[]): Float64Array {
  return Float64Array.from(layers, ({ downloadSize, contentSize }) =>
    contentSize === 0 ? 0 : downloadSize / contentSize,
  );
}

type AddBodies = (builder: RungBuilder, image: ImageHolding, wireRatios: Float64Array) => void;

const ADD_BODIES: Readonly<Record<"live" | "package" | "file", AddBodies>> = {
  live: (builder, { layers, bodies }, wireRatios) => {
    const { count, layer, entry, byteCount } = bodies;
    builder.startSet(count);
    for (let i = 0; i < count; i++) {
      const position = layer[i]!;
      builder.add(i, layers[position]!.layerId, entry[i]!, byteCount[i]!, wireRatios[position]!);
    }
  },
  package: (builder, { layers, bodies }, wireRatios) => {
    const { count, layer, entry, byteCount, place, contentId } = bodies;
    builder.startSet(count);
    for (let i = 0; i < count; i++) {
      const position = layer[i]!;
      const owned = place[i]! >= 0;
      // Layer ids, made negative, cannot meet a place.
      const first = owned ? place[i]! : -layers[position]!.layerId - 1;
      builder.add(i, first, owned ? contentId[i]! : entry[i]!, byteCount[i]!, wireRatios[position]!);
    }
  },
  file: (builder, { bodies }, wireRatios) => {
    const { count, layer, byteCount, contentId } = bodies;
    builder.startSet(count);
    for (let i = 0; i < count; i++) builder.add(i, contentId[i]!, 0, byteCount[i]!, wireRatios[layer[i]!]!);
  },
};
