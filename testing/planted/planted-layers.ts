import type { TestRebase } from "../builders/rebase-sides.ts";
import type { TarMember } from "../builders/tar.ts";

/** A layer by path: a body, or more than that. */
export type PlantedLayer = Readonly<Record<string, string | Omit<TarMember, "path">>>;

/** One layer in each base and one above. */
export function toRebase(
  oldBase: PlantedLayer,
  newBase: PlantedLayer,
  upper: PlantedLayer,
  config?: Readonly<Record<string, unknown>>,
): TestRebase {
  return {
    oldBase: { layers: [toMembers(oldBase)] },
    newBase: { layers: [toMembers(newBase)] },
    image: { layers: [toMembers(upper)], ...(config && { config }) },
  };
}

function toMembers(layer: PlantedLayer): TarMember[] {
  return Object.entries(layer).map(([path, given]) => ({
    ...(typeof given === "string" ? { body: given } : given),
    path,
  }));
}
