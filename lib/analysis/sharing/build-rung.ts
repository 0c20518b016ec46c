import { type HeldItems, type HeldLayer, type Holding, hasAllFiles, type ImageHolding } from "#lib/model/holding.ts";
import type { RungName } from "#lib/model/rung.ts";
import { buildUnits, type RowRung, type RungRows, UNKNOWN_RATIO } from "./rung.ts";

/** The rungs that can be built from the stored data of every artifact, from the coarsest to the finest. */
export const ROW_RUNGS = ["chain", "layer", "live", "package", "file"] as const satisfies readonly RungName[];
export type RowRungName = (typeof ROW_RUNGS)[number];

/** Entries of one layer fit 21 bits (an image has at most 600,000): combined with the layer's id they make one number. */
const ENTRIES = 2 ** 21;

/**
 * One rung of the ladder over these artifacts. From `chain` to `package` an item of a closure is a unit of its NAR size. On
 * `file` its files are the units, the same as an image's; an item whose files are unread counts with its NAR size instead, and
 * the rung is then an estimate.
 *
 * `package`: the unit of an owned body is its owner's purl, its path and its content. The unit of any other body is (DiffID,
 * path), represented by its entry in the layer: these differ only if a tar repeats a path and both bodies are visible, and are
 * then two bodies.
 */
export function buildRung(name: RowRungName, holdings: readonly Holding[]): RowRung {
  const toRows = FROM_IMAGES[name](holdings);
  if (name === "file") return buildFileRung(holdings, toRows);
  return buildUnits(
    name,
    holdings.map((held) => (held.kind !== "image" ? toItemRows(held.items, name) : toRows(held))),
  );
}

function buildFileRung(holdings: readonly Holding[], toRows: ImageRows): RowRung {
  const estimated = !holdings.every(hasAllFiles);
  const rows = holdings.map((held): FileRows => (held.kind !== "image" ? toItemFileRows(held.items) : toRows(held)));
  const itemOfRow = rows.map(({ item }) => item);
  const rung = buildUnits("file", rows, estimated);
  return { ...rung, itemOfRow, row: rung.row.map((row, unit) => itemOfRow[rung.holder[unit]!]?.[row] ?? row) };
}

/** Keys of items are below 0, all others at least 0. */
function toItemKey(componentId: number): number {
  return -1 - componentId;
}

function toItemRows(items: HeldItems, rung: RowRungName): RungRows {
  const { count, componentId, narSize } = items;
  const second = rung === "package" ? { second: new Int32Array(count) } : {};
  return { first: componentId.map(toItemKey), ...second, byteCount: narSize, wireRatio: computeItemRatios(items) };
}

/** By item: bytes of the compressed NAR per byte of the NAR. `UNKNOWN_RATIO` if it was never seen in a binary cache. */
export function computeItemRatios({ narSize, fileSize }: HeldItems): Float64Array {
  return narSize.map((bytes, i) => {
    const fileBytes = fileSize?.[i] ?? -1;
    return fileBytes < 0 || bytes === 0 ? UNKNOWN_RATIO : fileBytes / bytes;
  });
}

interface FileRows extends RungRows {
  /** Closures: the item of each row. */
  readonly item?: Int32Array;
}

/** The files of the items that were read, then the other items as a whole. */
function toItemFileRows(items: HeldItems): FileRows {
  const { componentId, narSize, bodies } = items;
  const unread = [...componentId.keys()].filter((i) => bodies?.known[i] !== 1);
  const fileCount = bodies?.count ?? 0;
  const rowCount = fileCount + unread.length;
  const first = new Float64Array(rowCount);
  const byteCount = new Float64Array(rowCount);
  const item = new Int32Array(rowCount);
  if (bodies !== undefined) {
    first.set(bodies.contentId);
    byteCount.set(bodies.byteCount);
    item.set(bodies.item);
  }
  for (const [k, i] of unread.entries()) {
    first[fileCount + k] = toItemKey(componentId[i]!);
    byteCount[fileCount + k] = narSize[i]!;
    item[fileCount + k] = i;
  }
  const ratios = computeItemRatios(items);
  return { first, byteCount, item, wireRatio: Float64Array.from(item, (i) => ratios[i]!) };
}

type ImageRows = (image: ImageHolding) => RungRows;

const FROM_IMAGES: Readonly<Record<RowRungName, (holdings: readonly Holding[]) => ImageRows>> = {
  chain: () => {
    const chains = new Map<string, number>();
    return ({ layers }) => toLayerRows(layers, ({ chainId }) => numberOf(chains, chainId));
  },
  layer:
    () =>
    ({ layers }) =>
      toLayerRows(layers, ({ layerId }) => layerId),
  live: (holdings) => {
    const firstRows = findFirstRows(holdings);
    return (image) => toLiveRows(image, firstRows);
  },
  package: () => toPackageRows,
  file:
    () =>
    ({ layers, bodies }) => ({ ...sizesOf(layers, bodies), first: bodies.contentId }),
};

function numberOf(numbers: Map<string, number>, key: string): number {
  const number = numbers.get(key) ?? numbers.size;
  numbers.set(key, number);
  return number;
}

function toLayerRows(layers: readonly HeldLayer[], keyOf: (layer: HeldLayer) => number): RungRows {
  return {
    first: Float64Array.from(layers, keyOf),
    byteCount: Float64Array.from(layers, ({ contentSize }) => contentSize),
    wireRatio: computeWireRatios(layers),
  };
}

/** Layer id → index of its first entry, counted over all layers: keys this dense are looked up in an array. */
function findFirstRows(holdings: readonly Holding[]): ReadonlyMap<number, number> {
  const firstRows = new Map<number, number>();
  let row = 0;
  for (const held of holdings) {
    if (held.kind !== "image") continue;
    for (const { layerId, entryCount } of held.layers) {
      if (firstRows.has(layerId)) continue;
      firstRows.set(layerId, row);
      row += entryCount;
    }
  }
  return firstRows;
}

function toLiveRows({ layers, bodies }: ImageHolding, firstRows: ReadonlyMap<number, number>): RungRows {
  const { count, layer, entry } = bodies;
  const firstOf = layers.map(({ layerId }) => firstRows.get(layerId)!);
  const first = new Float64Array(count);
  for (let i = 0; i < count; i++) first[i] = firstOf[layer[i]!]! + entry[i]!;
  return { ...sizesOf(layers, bodies), first };
}

/** First the content, which separates nearly all units; then the place or, negated, the entry. */
function toPackageRows({ layers, bodies }: ImageHolding): RungRows {
  const { count, layer, entry, place, contentId } = bodies;
  const second = place.slice();
  for (let i = 0; i < count; i++) {
    if (place[i]! < 0) second[i] = -(layers[layer[i]!]!.layerId * ENTRIES + entry[i]!) - 1;
  }
  return { ...sizesOf(layers, bodies), first: contentId, second };
}

function sizesOf(layers: readonly HeldLayer[], { layer, byteCount }: ImageHolding["bodies"]) {
  const ratios = computeWireRatios(layers);
  const wireRatio = new Float64Array(layer.length);
  for (let i = 0; i < layer.length; i++) wireRatio[i] = ratios[layer[i]!]!;
  return { byteCount, wireRatio };
}

/**
 * By layer: bytes of the blob per byte of content, including compression and tar headers. `UNKNOWN_RATIO` if the compressed blob
 * is not known.
 */
export function computeWireRatios(layers: readonly HeldLayer[]): Float64Array {
  return Float64Array.from(layers, ({ downloadSize, contentSize }) => {
    if (contentSize === 0) return 0;
    return downloadSize === undefined ? UNKNOWN_RATIO : downloadSize / contentSize;
  });
}
