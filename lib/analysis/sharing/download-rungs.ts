import type { DownloadFigure } from "#lib/model/answer.ts";
import type { BlobHolding, NamedLayer } from "#lib/model/holding.ts";
import { DOWNLOAD_RUNG_NAMES, type DownloadRungName } from "#lib/model/rung.ts";
import { type Ladder, toFigures } from "./ladder.ts";
import { computePenalisedLayers } from "./order-penalty.ts";
import { buildUnits, type RowRung, type RungRows } from "./rung.ts";

/** Marks a unit whose download size is not known: a sum with it is not known either. */
const UNKNOWN = Number.POSITIVE_INFINITY;

const KEYS: Readonly<Record<DownloadRungName, (layer: NamedLayer) => string>> = {
  chain: ({ chainId }) => chainId,
  layer: ({ diffId }) => diffId,
  blob: ({ digest }) => digest,
};

/** What counts once on a rung, and its bytes as this artifact knows them. */
interface SizedUnit {
  readonly key: string;
  readonly bytes: number;
}

/**
 * One rung over a set by download sizes. A layer counts with its smallest blob on `chain` and `layer`, each blob with its own size
 * on `blob`. An item of a closure counts with its smallest NAR in a cache, on every rung; a closure that was never scanned from a
 * cache is one unit of unknown size.
 */
export function buildDownloadRung(name: DownloadRungName, held: readonly BlobHolding[]): RowRung {
  const sized = findSizes(held, name === "blob" ? KEYS.blob : KEYS.layer);
  const numbers = new Map<string, number>();
  const numberOf = (key: string) => {
    const number = numbers.get(key) ?? numbers.size;
    numbers.set(key, number);
    return number;
  };
  const rows = held.map((each, i): RungRows => {
    const keys = each.layers?.map(KEYS[name]) ?? listUnits(each, KEYS.blob).map(({ key }) => key);
    return { first: Int32Array.from(keys, numberOf), byteCount: sized[i]! };
  });
  return buildUnits(name, rows);
}

/** The layers, or the items, of an artifact. */
function listUnits({ artifactId, layers, items }: BlobHolding, keyOf: (layer: NamedLayer) => string): SizedUnit[] {
  if (layers !== undefined) return layers.map((layer) => ({ key: keyOf(layer), bytes: layer.downloadSize ?? UNKNOWN }));
  if (items === undefined) return [{ key: `closure ${artifactId}`, bytes: UNKNOWN }];
  const { componentId, fileSize } = items;
  return Array.from(componentId, (id, i) => ({ key: `item ${id}`, bytes: fileSize[i]! < 0 ? UNKNOWN : fileSize[i]! }));
}

/** By artifact, the sizes of its units: the least known in the set for each key. */
function findSizes(held: readonly BlobHolding[], keyOf: (layer: NamedLayer) => string): Float64Array[] {
  const units = held.map((each) => listUnits(each, keyOf));
  const least = new Map<string, number>();
  for (const { key, bytes } of units.flat()) least.set(key, Math.min(bytes, least.get(key) ?? UNKNOWN));
  return units.map((each) => Float64Array.from(each, ({ key }) => least.get(key)!));
}

/** The ladder of a set by download sizes. */
export function computeDownloadOnlyLadder(held: readonly BlobHolding[]): Ladder {
  const blobSizes = findSizes(held, KEYS.blob);
  const marginal = blobSizes.map(sumOf);
  const units = blobSizes.reduce((sum, { length }) => sum + length, 0);
  const unshared = { bytes: sumOf(marginal), units, marginal };
  const rungs = DOWNLOAD_RUNG_NAMES.map((name) => buildDownloadRung(name, held));
  const { rungs: figures, orderPenalty } = toFigures(unshared, rungs);
  const layerSizes = findSizes(held, KEYS.layer);
  const penalised = computePenalisedLayers(
    held.map(({ layers = [] }, artifact) => layers.map((layer, i) => ({ ...layer, bytes: layerSizes[artifact]![i]! }))),
  );
  return {
    rungs: figures,
    orderPenalty,
    penalisedLayers: penalised.map(({ bytes, ...layer }) => ({ ...layer, downloadSize: bytes })),
    download: figures.filter(({ rung }) => rung === "unshared" || rung === "blob").map(toDownloadFigure),
  };
}

function toDownloadFigure({ rung, bytes, units, estimated }: Ladder["rungs"][number]): DownloadFigure {
  return { rung, bytes, units, estimated };
}

function sumOf(sizes: Iterable<number>): number {
  let sum = 0;
  for (const bytes of sizes) sum += bytes;
  return sum;
}
