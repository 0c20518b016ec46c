import { MAX_ENTRIES, MAX_NAME_BYTES } from "#lib/formats/tar/limits.ts";

const MIB = 1024 ** 2;

/** Entries of all layers of one scan together: 60 bytes each in memory, plus 40 for their hashes. */
export const MAX_ENTRIES_PER_SCAN = MAX_ENTRIES;

/** Bytes of all paths and link targets of one scan. */
export const MAX_NAME_BYTES_PER_SCAN = MAX_NAME_BYTES;

/** Bytes of one kept document: the largest dpkg status and apk databases are under 10 MiB. */
export const MAX_DOCUMENT_BYTES = 32 * 1024 ** 2;

/** Bytes of the documents kept per layer. */
export const MAX_DOCUMENT_BYTES_PER_LAYER = 64 * MIB;

/** Bytes of the documents kept per scan: layers are in memory together, and the process must stay under 512 MiB. */
export const MAX_DOCUMENT_BYTES_PER_SCAN = 64 * MIB;

/**
 * Bytes of one rpm database, and of all that are in memory at one time: some 1,000 packages, at 80 kB each. It is there only until
 * its layer is read, which leaves a twentieth of it as the document; a thread that reads another one waits.
 */
export const MAX_RPM_DATABASE_BYTES = 96 * MIB;

/** Bytes of one Java archive; also with what is inflated of it, of all that are in memory at one time. */
export const MAX_ARCHIVE_BYTES = 64 * MIB;

/** Bytes that are inflated of the archives of one layer, which costs some five seconds. */
export const MAX_INFLATED_BYTES_PER_LAYER = 1024 * MIB;

/** Problems reported per layer; the rest are counted. A hostile tar has one for each of its entries. */
export const MAX_PROBLEMS_PER_LAYER = 100;

/** Chunks of all layers of one scan together, 50 bytes each in memory: 128 GiB of files at the default average. */
export const MAX_CHUNKS_PER_SCAN = 2 * 1024 ** 2;

export interface ScanLimits {
  readonly documentBytes: number;
  readonly documentBytesPerLayer: number;
  readonly problems: number;
}

export const SCAN_LIMITS: ScanLimits = {
  documentBytes: MAX_DOCUMENT_BYTES,
  documentBytesPerLayer: MAX_DOCUMENT_BYTES_PER_LAYER,
  problems: MAX_PROBLEMS_PER_LAYER,
};
