/** Lower bounds of the six classes, in units. */
const BOUNDS = [64, 16, 4, 2, 1, 0] as const;

export interface SizeClass {
  readonly from: number;
  readonly to: number | undefined;
}

/** Six classes of sizes, the largest first. */
export function sizeClasses(unit: number): SizeClass[] {
  return BOUNDS.map((bound, i) => ({ from: bound * unit, to: i === 0 ? undefined : BOUNDS[i - 1]! * unit }));
}

/** The position of a size's class in `sizeClasses`. */
export function classOf(size: number, unit: number): number {
  return BOUNDS.findIndex((bound) => size >= bound * unit);
}
