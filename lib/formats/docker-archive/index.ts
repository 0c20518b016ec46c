import * as v from "valibot";
import { InputError } from "#lib/model/problem.ts";
import { boundedList, objectOf, optionalList } from "../json/index.ts";
import { check, MAX_LAYERS, parseMetadata } from "../oci/index.ts";

/** Characters of a name: the reference grammar allows 255 for the repository and 128 for the tag (distribution/reference). */
export const MAX_NAME_LENGTH = 512;

/** Names of all images of one `docker save` together. */
export const MAX_ARCHIVE_NAMES = 2000;

/** Maximum number of images in one `docker save`. */
export const MAX_ARCHIVE_IMAGES = 10_000;

const tagList = optionalList(v.pipe(v.string(), v.maxLength(MAX_NAME_LENGTH)), MAX_ARCHIVE_NAMES);

/** Characters of a member's path: Linux's PATH_MAX. A message quotes a missing one. */
const MAX_PATH_LENGTH = 4096;

const pathField = v.pipe(v.string(), v.nonEmpty("expected a path, got an empty string"), v.maxLength(MAX_PATH_LENGTH));

const imageSchema = objectOf({ Config: pathField, RepoTags: tagList, Layers: boundedList(pathField, MAX_LAYERS) });

const archiveSchema = boundedList(imageSchema, MAX_ARCHIVE_IMAGES);

/** One image of a `docker save` archive: paths are members of the archive. */
export interface ArchivedImage {
  readonly configPath: string;
  readonly repoTags: readonly string[];
  readonly layerPaths: readonly string[];
}

/** Reads the `manifest.json` of a `docker save` archive (moby, `image/tarexport`). Throws InputError. */
export function parseArchiveManifest(bytes: Uint8Array, place: string): ArchivedImage[] {
  const images = check(archiveSchema, parseMetadata(bytes, place), place);
  const nameCount = images.reduce((total, { RepoTags }) => total + RepoTags.length, 0);
  if (nameCount > MAX_ARCHIVE_NAMES)
    throw new InputError("limit-exceeded", place, `more than ${MAX_ARCHIVE_NAMES} names of images`);
  return images.map(({ Config, RepoTags, Layers }) => ({ configPath: Config, repoTags: RepoTags, layerPaths: Layers }));
}
