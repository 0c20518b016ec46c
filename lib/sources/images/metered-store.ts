import { InputError } from "#lib/model/problem.ts";
import type { BlobStore } from "./source-image.ts";

/**
 * Bytes of manifests, indexes and configs read of one source. Parsing takes a second for 50 MiB; a layout of 5,000 images has
 * some 50, and one whose 5,000 names lead to a manifest of 4 MiB each asks for 20,000.
 */
export const MAX_METADATA_READ = 128 * 1024 ** 2;

/** The metadata limit of a source is reached: no other image of it is opened. */
export class MetadataSpentError extends InputError {
  constructor(place: string) {
    super("limit-exceeded", place, `more than ${MAX_METADATA_READ} bytes of metadata in one source`);
  }
}

/** The same store with a limit on the metadata read. Throws MetadataSpentError at the limit. */
export function meterStore(store: BlobStore): BlobStore {
  let readBytes = 0;
  return {
    ...store,
    read: async (path) => {
      const bytes = await store.read(path);
      readBytes += bytes?.length ?? 0;
      if (readBytes <= MAX_METADATA_READ) return bytes;
      throw new MetadataSpentError(path);
    },
  };
}
