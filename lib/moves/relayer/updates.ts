import type { RelayerUpdate } from "#lib/model/relayer-answer.ts";
import { type PlannedCut, planCut } from "./plan-cut.ts";
import type { RelayerPlan } from "./plan-file.ts";
import type { ReadImage, ReadSet } from "./read-set.ts";
import { listSetUnits } from "./set-units.ts";

/** One version, cut by a plan of its own and by the plan of the version before. */
interface CutTwice {
  readonly fresh: PlannedCut;
  readonly kept: PlannedCut;
}

/**
 * What each image makes a host pull that has the one before, if they are successive versions: with the layers that they have, with a new
 * plan for each, and with the plan of the first one continued. Throws InputError.
 */
export function compareUpdates({ images, layers }: ReadSet, maxLayers: number): RelayerUpdate[] {
  const files = listChanged(images);
  const updates: RelayerUpdate[] = [];
  let before: CutTwice | undefined;
  for (const [at, image] of images.entries()) {
    const version = { images: [image], layers };
    const fresh = planCut(version, { goal: "update", maxLayers });
    const previous = before && { plan: before.kept.plan, place: "the plan before" };
    const kept = previous === undefined ? fresh : planCut(version, { goal: "update", maxLayers, previous });
    if (before !== undefined) {
      const older = images[at - 1]!;
      updates.push({
        from: older.image.name,
        to: image.image.name,
        built: sumBuilt(image, older),
        fresh: sumPulled(fresh.plan, before.fresh.plan),
        kept: sumPulled(kept.plan, before.kept.plan),
        total: kept.answer.after.bytes,
        files: files[at]!,
      });
    }
    before = { fresh, kept };
  }
  return updates;
}

/** Bytes of the layers that the version before does not have. */
function sumBuilt({ layers }: ReadImage, before: ReadImage): number {
  const known = new Set(before.layers);
  const pulled = [...new Set(layers)].filter((layer) => !known.has(layer));
  return pulled.reduce((sum, { scan }) => sum + scan.contentSize, 0);
}

function sumPulled({ layers }: RelayerPlan, before: RelayerPlan): number {
  const known = new Set(before.layers.map(({ key }) => key));
  return layers.filter(({ key }) => !known.has(key)).reduce((sum, { bytes }) => sum + bytes, 0);
}

/** For each image, bytes of the files that the one before does not have. */
function listChanged(images: readonly ReadImage[]): number[] {
  const { units, table } = listSetUnits(images);
  return units.map((version, at) => {
    const known = new Set(units[at - 1]?.units);
    return version.units.reduce((sum, unit) => (known.has(unit) ? sum : sum + table.bodyBytes(unit)), 0);
  });
}
