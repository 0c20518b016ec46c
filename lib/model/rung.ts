/** The grains of sharing with units to count, from the coarsest to the finest. */
export const RUNG_NAMES = ["chain", "layer", "live", "package", "file", "chunk"] as const;
export type RungName = (typeof RUNG_NAMES)[number];

/** The ladder: nothing shared, then each grain. */
export const RUNGS = ["unshared", ...RUNG_NAMES] as const;
export type Rung = (typeof RUNGS)[number];

/** Maximum number of artifacts compared at once: a mask of them fits a 32-bit number. */
export const MIN_SETS = 2;
export const MAX_SETS = 32;
