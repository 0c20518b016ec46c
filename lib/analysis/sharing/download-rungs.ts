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

/**
 * One rung over a set by download sizes. A layer counts with its smallest blob on `chain` and `layer`, each blob with its own size
 * on `blob`. A closure is one unit of unknown size.
 */
export function buildDownloadRung(name: DownloadRungName, held: readonly BlobHolding[]): RowRung {
  const keyOf = KEYS[name];
  const sizes = findSizes(held, name === "blob" ? keyOf : KEYS.layer);
  const numbers = new Map<string, number>();
  const numberOf = (key: string) => {
    const number = numbers.get(key) ?? numbers.size;
    numbers.set(key, number);
    return number;
  };
  const rows = held.map(({ artifactId, layers }): RungRows => {
    if (layers === undefined)
      return { first: Int32Array.of(numberOf(`${artifactId}`)), byteCount: Float64Array.of(UNKNOWN) };
    return { first: Int32Array.from(layers, (layer) => numberOf(keyOf(layer))), byteCount: sizes(layers) };
  });
  return buildUnits(name, rows);
}

/** The least known size by key, for the layers of an artifact. */
function findSizes(held: readonly BlobHolding[], keyOf: (layer: NamedLayer) => string) {
  const least = new Map<string, number>();
  for (const layer of held.flatMap(({ layers = [] }) => layers)) {
    const key = keyOf(layer);
    least.set(key, Math.min(layer.downloadSize ?? UNKNOWN, least.get(key) ?? UNKNOWN));
  }
  return (layers: readonly NamedLayer[]) => Float64Array.from(layers, (layer) => least.get(keyOf(layer))!);
}

/** The ladder of a set by download sizes. */
export function computeDownloadOnlyLadder(held: readonly BlobHolding[]): Ladder {
  const blobSizes = findSizes(held, KEYS.blob);
  const marginal = held.map(({ layers }) => (layers === undefined ? UNKNOWN : sumOf(blobSizes(layers))));
  const units = held.reduce((sum, { layers }) => sum + (layers?.length ?? 1), 0);
  const unshared = { bytes: sumOf(marginal), units, marginal };
  const rungs = DOWNLOAD_RUNG_NAMES.map((name) => buildDownloadRung(name, held));
  const { rungs: figures, orderPenalty } = toFigures(unshared, rungs);
  const layerSizes = findSizes(held, KEYS.layer);
  const penalised = computePenalisedLayers(
    held.map(({ layers = [] }) => {
      const sizes = layerSizes(layers);
      return layers.map((layer, i) => ({ ...layer, bytes: sizes[i]! }));
    }),
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
