import {
  choosePlatform,
  type Descriptor,
  formatPlatform,
  listImages,
  type PlatformChoice,
} from "#lib/formats/oci/index.ts";
import { InputError } from "#lib/model/problem.ts";
import { toBlobPath } from "./blob-path.ts";
import { listShort } from "./short-list.ts";
import type { BlobStore } from "./source-image.ts";

export interface ChosenImages {
  readonly chosen: readonly Descriptor[];
  /** What the user is told of the choice. */
  readonly note?: string;
}

/**
 * The selected images of an index. Engines that keep several platforms save an index that lists all and the blobs of one: what is
 * not there is left out unless the user asked for it. Throws InputError if none is left.
 */
export async function chooseImages(
  { store, platform }: { store: BlobStore; platform: PlatformChoice },
  manifests: readonly Descriptor[],
  { name, place }: { name: string; place: string },
): Promise<ChosenImages> {
  const images = listImages(manifests);
  const matching = choosePlatform(images, platform);
  if (platform !== "all" && !platform.isPreferred && matching.length > 0) return { chosen: matching };
  const chosen = await listPresent(store, matching);
  if (chosen.length > 0) return { chosen };
  const present = await listPresent(store, images);
  const [only, ...others] = new Set(present.map(toPlatformText));
  if (platform !== "all" && platform.isPreferred && only !== undefined && others.length === 0) {
    return { chosen: present, note: `${name}: took ${only}, the only platform that is there` };
  }
  if (matching.length > 0) return { chosen: matching };
  if (images.length === 0) throw new InputError("not-an-image", place, "an index without images");
  const known = listShort(images.map(toPlatformText));
  throw new InputError(
    "not-an-image",
    place,
    `${name} has no image for this platform; it has: ${known}; choose with --platform`,
  );
}

function toPlatformText({ platform }: Descriptor): string {
  return platform === undefined ? "?" : formatPlatform(platform);
}

/** The descriptors whose blobs are there. A registry is not asked: it has what its indexes list. */
async function listPresent(store: BlobStore, descriptors: readonly Descriptor[]): Promise<Descriptor[]> {
  const present: Descriptor[] = [];
  for (const descriptor of descriptors) {
    if ((await store.locate(toBlobPath(descriptor.digest), descriptor.size)) !== undefined) present.push(descriptor);
  }
  return present;
}
