/** Chunks of all layers of one scan together, 50 bytes each in memory: 128 GiB of files at the default average. */
export const MAX_CHUNKS_PER_SCAN = 2 * 1024 ** 2;
