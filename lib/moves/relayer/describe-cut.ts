import { EntryKind } from "#lib/model/layer.ts";
import type { LayerTotals, RelayerAnswer, RelayerGoal } from "#lib/model/relayer-answer.ts";
import type { ReadMembers } from "./image-units.ts";
import type { CutLayer, LayerCut } from "./layer-cut.ts";
import type { ReadImage } from "./open-set.ts";
import type { RelayerPlan } from "./plan-file.ts";
import type { UnitTable } from "./unit-table.ts";

interface DescribeOptions {
  readonly table: UnitTable;
  /** All that were read, by position. */
  readonly layers: readonly ReadMembers[];
  readonly goal: RelayerGoal;
  readonly maxLayers: number;
  readonly previous?: { readonly plan: RelayerPlan } | undefined;
}

/** Layers before and after, by the definitions of the ladder. */
export function describeCut(
  cut: LayerCut,
  images: readonly ReadImage[],
  { table, layers: read, goal, maxLayers, previous }: DescribeOptions,
): RelayerAnswer {
  const known = previous && new Set(previous.plan.layers.map(({ key }) => key));
  const imageCounts = countImages(cut);
  return {
    goal,
    maxLayers,
    before: total(read.map(({ scan }) => scan.contentSize)),
    after: total(cut.layers.map(({ bytes }) => bytes)),
    fileBytes: sumContents(table, read),
    images: images.map(({ image: { name, digest, layers } }, at) => ({
      name,
      digest,
      layersBefore: layers.length,
      layers: [...cut.images[at]!],
    })),
    cut: cut.layers.map(({ name, bytes, key }, row) => {
      const kept = known === undefined ? {} : { isKept: known.has(key) };
      return { name, bytes, imageCount: imageCounts[row]!, ...kept };
    }),
    ...(known === undefined ? {} : { pull: total(listPulled(cut.layers, known)) }),
  };
}

const total = (bytes: readonly number[]): LayerTotals => ({
  bytes: bytes.reduce((sum, each) => sum + each, 0),
  layers: bytes.length,
});

const listPulled = (layers: readonly CutLayer[], known: ReadonlySet<string>) =>
  layers.filter(({ key }) => !known.has(key)).map(({ bytes }) => bytes);

function countImages(cut: LayerCut): Int32Array {
  const counts = new Int32Array(cut.layers.length);
  for (const rows of cut.images) for (const row of rows) counts[row]! += 1;
  return counts;
}

/** Bytes of the distinct contents of all visible files. */
function sumContents(table: UnitTable, layers: readonly ReadMembers[]): number {
  const seen = new Set<string>();
  let sum = 0;
  for (let unit = 0; unit < table.count; unit++) {
    const { layer, entry } = table.placeOf(unit);
    const scan = layers[layer]?.scan;
    if (scan?.entries.kind[entry] !== EntryKind.file) continue;
    const at = 32 * scan.entries.content[entry]!;
    const content = Buffer.from(scan.contents.sha256.subarray(at, at + 32)).toString("latin1");
    if (!seen.has(content)) sum += table.bodyBytes(unit);
    seen.add(content);
  }
  return sum;
}
