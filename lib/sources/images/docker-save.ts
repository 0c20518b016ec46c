import { type ArchivedImage, parseArchiveManifest } from "#lib/formats/docker-archive/index.ts";
import { parseImageConfig } from "#lib/formats/oci/index.ts";
import { type Digest, parseDigest } from "#lib/model/digest.ts";
import { shortImageName } from "#lib/model/image-name.ts";
import { InputError } from "#lib/model/problem.ts";
import { locateLayers } from "./locate-layers.ts";
import { findLayoutImages, findManifestDigests, type ImageChoice } from "./oci-layout.ts";
import { digestOfBytes } from "./read-blob.ts";
import { listShort } from "./short-list.ts";
import type { BlobStore, FoundImage, FoundImages, SourceImage } from "./source-image.ts";
import { withFault } from "./with-fault.ts";

/** Media type of uncompressed layers as `docker save` writes them; the actual compression is detected. */
const ARCHIVED_LAYER = "application/vnd.docker.image.rootfs.diff.tar";

/**
 * The images of a `docker save` archive: the legacy form (`manifest.json`, layers by path) and, since Docker 25, an OCI layout
 * with a `manifest.json` beside it, whose manifest digests are then the images' own. Throws InputError if the archive itself is
 * bad.
 */
export async function findArchiveImages(store: BlobStore, choice: ImageChoice): Promise<FoundImages> {
  const bytes = await store.read("manifest.json");
  if (bytes === undefined) return findWithoutManifest(store, choice);
  const archived = parseArchiveManifest(bytes, "manifest.json");
  const wanted = archived.filter((image) => choice.name === undefined || isNamed(image, choice.name));
  if (wanted.length === 0) throw noSuchImage(archived, choice.name);
  const named = wanted.map((image) => ({ image, names: toNames(store, image, choice) }));
  return {
    count: named.reduce((total, { names }) => total + names.length, 0),
    images: openAll(store, named, await findManifestDigests(store)),
  };
}

interface NamedImage {
  readonly image: ArchivedImage;
  readonly names: readonly string[];
}

/** Opens each image once, however many tags it has; a failure is reported once. */
async function* openAll(
  store: BlobStore,
  named: readonly NamedImage[],
  manifests: ReadonlyMap<Digest, Digest>,
): AsyncGenerator<FoundImage> {
  for (const { image, names } of named) {
    const [first = store.label] = names;
    yield* withFault(first, async function* () {
      const opened = await openArchived(store, image, manifests);
      for (const name of names) yield { ...opened, name };
    });
  }
}

async function findWithoutManifest(store: BlobStore, choice: ImageChoice): Promise<FoundImages> {
  if ((await store.read("index.json")) !== undefined) return findLayoutImages(store, choice);
  if ((await store.read("repositories")) !== undefined) {
    throw new InputError(
      "unsupported",
      store.label,
      "saved by a Docker older than 1.10; load it and save it again with a newer one",
    );
  }
  throw new InputError(
    "not-an-image",
    store.label,
    "no manifest.json and no index.json: not a container image archive",
  );
}

function isNamed({ repoTags }: ArchivedImage, wanted: string): boolean {
  return repoTags.some((tag) => tag === wanted || shortImageName(tag) === shortImageName(wanted));
}

function noSuchImage(archived: readonly ArchivedImage[], wanted: string | undefined): InputError {
  const names = listShort(archived.flatMap(({ repoTags }) => repoTags)) || "unnamed images";
  const message = wanted === undefined ? "no images in the archive" : `no image ${wanted}; it has: ${names}`;
  return new InputError("not-an-image", "manifest.json", message);
}

/** Every tag is a name of the image; an untagged one is named after the archive. */
function toNames(store: BlobStore, { repoTags }: ArchivedImage, { name }: ImageChoice): string[] {
  const tags = repoTags.filter(
    (tag) => tag !== "" && (name === undefined || shortImageName(tag) === shortImageName(name)),
  );
  return tags.length > 0 ? [...new Set(tags)] : [store.label];
}

async function openArchived(
  store: BlobStore,
  image: ArchivedImage,
  manifests: ReadonlyMap<Digest, Digest>,
): Promise<Omit<SourceImage, "name">> {
  const readConfig = () => readConfigOf(store, image);
  const bytes = await readConfig();
  const configDigest = digestOfBytes(bytes);
  checkConfigName(image.configPath, configDigest);
  const config = parseImageConfig(bytes, image.configPath);
  const named = image.layerPaths.map((path) => {
    const digest = path.startsWith("blobs/") ? toNamedDigest(path) : undefined;
    return { path, digest, mediaType: ARCHIVED_LAYER, isDescribed: false };
  });
  const layers = await locateLayers(store, config, named, { name: "manifest.json", place: image.configPath });
  return { digest: manifests.get(configDigest) ?? configDigest, configDigest, config, layers, readConfig };
}

async function readConfigOf(store: BlobStore, { configPath }: ArchivedImage): Promise<Uint8Array> {
  const bytes = await store.read(configPath);
  if (bytes === undefined) throw new InputError("missing-blob", configPath, "the image config is missing");
  return bytes;
}

/** A config named by its digest must have that digest. */
function checkConfigName(path: string, found: Digest): void {
  const named = toNamedDigest(path);
  if (named !== undefined && named !== found)
    throw new InputError("digest-mismatch", path, `expected digest ${named}, got ${found}`);
}

/** The digest in a member's name: `blobs/sha256/HEX`, `HEX.json`; else `undefined`. */
function toNamedDigest(path: string): Digest | undefined {
  const hex = /(?:^|\/)([0-9a-f]{64})(?:\.json)?$/.exec(path)?.[1];
  return hex === undefined ? undefined : parseDigest(`sha256:${hex}`);
}
