import { createHash } from "node:crypto";
import type { CutInput } from "./layer-cut.ts";
import type { FileGroup } from "./place-groups.ts";
import type { UnitTable } from "./unit-table.ts";

/** The groups of all images, each as large as it is in the image that has most of it. */
export function listGroups({ images, table }: CutInput, names: readonly string[]): FileGroup[] {
  const bytes = new Float64Array(names.length);
  const members = names.map(() => new Set<number>());
  const sizes = table.tarBytes();
  for (const { units, groups } of images) {
    const sums = new Float64Array(names.length);
    for (const [at, unit] of units.entries()) {
      sums[groups[at]!]! += sizes[unit]!;
      members[groups[at]!]!.add(unit);
    }
    for (const [group, sum] of sums.entries()) bytes[group] = Math.max(bytes[group]!, sum);
  }
  return names.map((name, group) => ({
    name,
    bytes: bytes[group]!,
    isVolatile: /^(?:unowned|manager):/.test(name),
    fingerprint: fingerprintOf(members[group]!, table),
  }));
}

function fingerprintOf(units: ReadonlySet<number>, table: UnitTable): string {
  const hash = createHash("sha256");
  for (const key of Array.from(units, (unit) => table.keyOf(unit)).sort()) hash.update(key, "latin1");
  return hash.digest("hex").slice(0, 32);
}
