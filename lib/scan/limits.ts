/**
 * Resident memory of the scanning process, in bytes. The command that started it takes some 90 MiB more, and memory allocated
 * between two checks comes on top: together they stay under 512 MiB, whatever the input.
 */
export const MAX_SCAN_RESIDENT_BYTES = 408 * 1024 ** 2;

/** The JavaScript heap of that process, in MiB: beyond it V8 ends the process at once, before the next memory check. */
export const MAX_SCAN_HEAP_MIB = 224;

/**
 * Each half of the young generation of that heap, in MiB: at V8's own 16, garbage takes 100 MiB beside a tree of 600,000 files,
 * and a scan is no faster.
 */
export const SCAN_SEMI_SPACE_MIB = 4;

/** Milliseconds that one step of a scan may block the event loop. */
export const MAX_SILENCE_MS = 30_000;

/** Milliseconds that an interrupted scan has to end by itself. */
export const MAX_ABORT_MS = 400;
