import type { PlannedImage } from "#lib/model/lineage.ts";
import { sumKnown } from "#lib/model/sum-known.ts";
import type { Above } from "./families.ts";
import { isCurrent } from "./find-bases.ts";
import type { Families } from "./load-families.ts";

/** All that is built again if a base moves: what stands directly on it first. Images without a current name stay as they are. */
export function planAbove({ images, rows }: Families, above: readonly Above[]): PlannedImage[] {
  const planned = above
    .filter(({ image }) => isCurrent(rows[image]!))
    .map(({ image, steps }) => {
      const { id, name, base, storeBytes, pullBytes } = images[image]!;
      return { id, name, wave: steps, base: base!, storeBytes, pullBytes };
    });
  return planned.sort((a, b) => a.wave - b.wave || compareNames(a.name, b.name));
}

/** The bytes of all of them; `null` if one is not known. */
export function sumPlan(plan: readonly PlannedImage[]) {
  const sum = (size: "storeBytes" | "pullBytes") => sumKnown(plan.map((image) => image[size] ?? undefined)) ?? null;
  return { storeBytes: sum("storeBytes"), pullBytes: sum("pullBytes") };
}

export function compareNames(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
