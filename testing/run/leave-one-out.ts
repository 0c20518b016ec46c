import { cutSet } from "#lib/moves/relayer/layer-cut.ts";
import type { SetUnits } from "#lib/moves/relayer/set-units.ts";

/** What an image costs that a plan did not know. */
export interface LeftOut {
  /** Bytes of its files that no layer of the plan has as it needs them. */
  readonly bytes: number;
  /** The same with single files instead of layers: no plan can do better. */
  readonly fileBytes: number;
}

/**
 * Cuts all images but one, and then stores that one: in layers of the plan that it has as a whole, the largest first, and one of its
 * own with the rest.
 */
export function leaveOut({ units, table, groups }: SetUnits, left: number, maxLayers: number): LeftOut {
  const others = units.filter((_, at) => at !== left);
  const cut = cutSet({ images: others, table, maxLayers }, { images: others.map(String), groups });
  const open = new Set(units[left]!.units);
  const known = new Set(others.flatMap((image) => [...image.units]));
  const sum = (rows: Iterable<number>) => [...rows].reduce((total, unit) => total + table.bodyBytes(unit), 0);
  const fileBytes = sum([...open].filter((unit) => !known.has(unit)));
  let usedCount = 0;
  for (const { units: rows } of [...cut.layers].sort((a, b) => b.bytes - a.bytes)) {
    if (usedCount === maxLayers - 1 || !rows.every((unit) => open.has(unit))) continue;
    for (const unit of rows) open.delete(unit);
    usedCount += 1;
  }
  return { bytes: sum(open), fileBytes };
}
