import { stat } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { errorCode } from "#lib/model/error-code.ts";
import { readMetadata } from "./read-metadata.ts";
import type { BlobStore } from "./source-image.ts";

/** The files of an image layout in a directory. Paths are made only from digests, so none can lead out of it. */
export function openDirectory(directory: string): BlobStore {
  return {
    label: basename(resolve(directory)),
    read: async (path) => {
      const file = join(directory, path);
      const length = await fileLength(file);
      return length === undefined ? undefined : readMetadata({ file, offset: 0, length }, path);
    },
    sbomSource: (digest) => `sbom:oci:${directory}@${digest}`,
    locate: async (path) => {
      const file = join(directory, path);
      const byteCount = await fileLength(file);
      return byteCount === undefined
        ? undefined
        : { place: { kind: "range", file, offset: 0, length: byteCount }, byteCount };
    },
  };
}

async function fileLength(file: string): Promise<number | undefined> {
  try {
    const stats = await stat(file);
    return stats.isFile() ? stats.size : undefined;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

const LEADS_NOWHERE = new Set(["ENOENT", "ENOTDIR", "ELOOP", "ENAMETOOLONG"]);

/** True for the errors of a path that does not exist. */
export function isMissing(error: unknown): boolean {
  return LEADS_NOWHERE.has(errorCode(error));
}
