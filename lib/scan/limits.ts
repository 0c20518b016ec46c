/**
 * Resident memory of the process that scans, in bytes. The command that started it holds some 90 MiB more: together they
 * stay under 512 MiB, whatever the input.
 */
export const MAX_SCAN_RESIDENT_BYTES = 416 * 1024 ** 2;

/** The JavaScript heap of that process, in MiB: past it V8 ends the process at once, before the next look at its memory. */
export const MAX_SCAN_HEAP_MIB = 288;

/** Milliseconds that one step of a scan may take without letting anything else run. */
export const MAX_SILENCE_MS = 30_000;

/** Milliseconds that a scan has to end by itself once it was interrupted. */
export const MAX_ABORT_MS = 400;
