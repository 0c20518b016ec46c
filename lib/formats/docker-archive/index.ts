import { z } from "zod";
import { check, MAX_LAYERS, parseMetadata } from "../oci/index.ts";

/** Letters of a name: the reference grammar ends at 255 for the repository and 128 for the tag (distribution/reference). */
export const MAX_NAME_LENGTH = 512;

/** Images one `docker save` may hold. */
export const MAX_ARCHIVE_IMAGES = 10_000;

const tagList = z
  .array(z.string().max(MAX_NAME_LENGTH))
  .nullish()
  .transform((list) => list ?? []);

const archiveSchema = z
  .array(z.object({ Config: z.string().min(1), RepoTags: tagList, Layers: z.array(z.string().min(1)).max(MAX_LAYERS) }))
  .max(MAX_ARCHIVE_IMAGES);

/** One image of a `docker save` archive: paths are members of the archive. */
export interface ArchivedImage {
  readonly configPath: string;
  readonly repoTags: readonly string[];
  readonly layerPaths: readonly string[];
}

/** Reads the `manifest.json` of a `docker save` archive (moby, `image/tarexport`). Throws InputError. */
export function parseArchiveManifest(bytes: Uint8Array, place: string): ArchivedImage[] {
  return check(archiveSchema, parseMetadata(bytes, place), place).map((image) => ({
    configPath: image.Config,
    repoTags: image.RepoTags,
    layerPaths: image.Layers,
  }));
}
