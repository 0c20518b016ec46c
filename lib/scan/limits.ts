/**
 * Resident memory of the process that scans, in bytes. The command that started it holds some 90 MiB more, and what is
 * taken between two looks comes on top: together they stay under 512 MiB, whatever the input.
 */
export const MAX_SCAN_RESIDENT_BYTES = 408 * 1024 ** 2;

/** The JavaScript heap of that process, in MiB: past it V8 ends the process at once, before the next look at its memory. */
export const MAX_SCAN_HEAP_MIB = 224;

/**
 * Each half of the young generation of that heap, in MiB: at V8's own 16, what has just died takes 100 MiB beside a tree of
 * 600,000 files, and a scan is no faster for it.
 */
export const SCAN_SEMI_SPACE_MIB = 4;

/** Milliseconds that one step of a scan may take without letting anything else run. */
export const MAX_SILENCE_MS = 30_000;

/** Milliseconds that a scan has to end by itself once it was interrupted. */
export const MAX_ABORT_MS = 400;
