import { EntryKind } from "#lib/model/layer.ts";
import type { HeldGroups, LayerTotals, RelayerAnswer, RelayerGoal } from "#lib/model/relayer-answer.ts";
import type { ReadMembers } from "./image-units.ts";
import { type CutLayer, findGroups, type LayerCut } from "./layer-cut.ts";
import type { RelayerPlan } from "./plan-file.ts";
import type { ReadSet } from "./read-set.ts";
import type { SetUnits } from "./set-units.ts";
import type { UnitTable } from "./unit-table.ts";

/** Groups of a layer that are named. */
const MAX_NAMED_GROUPS = 3;

interface DescribeOptions extends SetUnits {
  readonly goal: RelayerGoal;
  readonly maxLayers: number;
  readonly previous?: { readonly plan: RelayerPlan } | undefined;
}

/** Layers before and after, by the definitions of the ladder. */
export function describeCut(
  cut: LayerCut,
  { images, layers: read }: ReadSet,
  { units, table, groups, goal, maxLayers, previous }: DescribeOptions,
): RelayerAnswer {
  const known = previous && new Set(previous.plan.layers.map(({ key }) => key));
  const imageCounts = countImages(cut);
  const groupOf = findGroups(units, table.count);
  return {
    goal,
    maxLayers,
    before: total(sizesOf(images.flatMap(({ layers }) => layers))),
    after: total(cut.layers.map(({ bytes }) => bytes)),
    floorBytes: table.sumBodies(),
    fileBytes: sumContents(table, read),
    images: images.map(({ image: { name, digest }, layers }, at) => ({
      name,
      digest,
      layersBefore: layers.length,
      bytesBefore: total(sizesOf(layers)).bytes,
      bytes: total([...cut.images[at]!].map((row) => cut.layers[row]!.bytes)).bytes,
      layers: [...cut.images[at]!],
    })),
    cut: cut.layers.map(({ name, bytes, key, units: held }, row) => {
      const kept = known === undefined ? {} : { isKept: known.has(key) };
      const named = nameGroups(sumByGroup(held, groupOf, table), groups);
      return { name, bytes, imageCount: imageCounts[row]!, ...kept, groups: named };
    }),
    ...(known === undefined ? {} : { pull: total(listPulled(cut.layers, known)) }),
  };
}

/** Of each layer, once. */
const sizesOf = (layers: readonly ReadMembers[]) => [...new Set(layers)].map(({ scan }) => scan.contentSize);

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

function sumByGroup(units: Int32Array, groupOf: Int32Array, table: UnitTable): Map<number, number> {
  const sums = new Map<number, number>();
  for (const unit of units) {
    const group = groupOf[unit]!;
    if (group !== -1) sums.set(group, (sums.get(group) ?? 0) + table.bodyBytes(unit));
  }
  return sums;
}

function nameGroups(sums: ReadonlyMap<number, number>, names: readonly string[]): HeldGroups {
  const largest = [...sums].sort(([a, left], [b, right]) => right - left || a - b).slice(0, MAX_NAMED_GROUPS);
  return { count: sums.size, largest: largest.map(([group]) => names[group]!) };
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
