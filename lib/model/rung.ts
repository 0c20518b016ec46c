/** The grains of sharing by content, with units to count, from the coarsest to the finest. */
export const CONTENT_RUNG_NAMES = ["chain", "layer", "live", "package", "file", "chunk"] as const;
/** The grains of a set with an image that is known by its manifest alone: its bytes are those of downloads. */
export const DOWNLOAD_RUNG_NAMES = ["chain", "layer", "blob"] as const;
export type DownloadRungName = (typeof DOWNLOAD_RUNG_NAMES)[number];

export const RUNG_NAMES = [...CONTENT_RUNG_NAMES, "blob"] as const;
export type RungName = (typeof RUNG_NAMES)[number];

/** The ladder: nothing shared, then each grain. */
export type Rung = "unshared" | RungName;

/** Maximum number of artifacts compared at once: a mask of them fits a 32-bit number. */
export const MIN_SETS = 2;
export const MAX_SETS = 32;
