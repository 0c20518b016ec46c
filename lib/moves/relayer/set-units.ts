import { GroupNames, type ImageUnits, listUnits } from "./image-units.ts";
import type { ReadImage } from "./read-set.ts";
import { UnitTable } from "./unit-table.ts";

/** The squashed trees of a set of images as units of one table. */
export interface SetUnits {
  /** In the order of the images. */
  readonly units: readonly ImageUnits[];
  readonly table: UnitTable;
  /** Names of the groups. */
  readonly groups: readonly string[];
}

/** Squashes one image after the other. Throws InputError. */
export function listSetUnits(images: readonly ReadImage[]): SetUnits {
  const table = new UnitTable();
  const groups = new GroupNames();
  const units = images.map(({ image, layers }) => listUnits(image, layers, { table, groups }));
  return { units, table, groups: groups.names };
}
