import {
  type Descriptor,
  formatPlatform,
  type ImageManifest,
  type IndexOrManifest,
  isConfigType,
  listBaseMentions,
  type PlatformChoice,
  parseImageConfig,
  parseIndex,
  parseIndexOrManifest,
} from "#lib/formats/oci/index.ts";
import type { Digest } from "#lib/model/digest.ts";
import { InputError } from "#lib/model/problem.ts";
import { toBlobPath } from "./blob-path.ts";
import { chooseImages } from "./choose-images.ts";
import { toLayoutName } from "./layout-name.ts";
import { listSignatures } from "./list-signatures.ts";
import { locateLayers } from "./locate-layers.ts";
import { groupAttestations, isAttestation, readAttached } from "./read-attached.ts";
import { readBlob } from "./read-blob.ts";
import { isReferrersTag, referrersTag } from "./referrers-tag.ts";
import { listShort } from "./short-list.ts";
import type { BlobStore, FoundImage, FoundImages, SourceImage } from "./source-image.ts";
import { concernsOneImage, withFault } from "./with-fault.ts";

/** Maximum depth of nested indexes; the specification has no limit, real ones nest once. */
export const MAX_INDEX_DEPTH = 4;

/** Maximum number of manifests and indexes in one layout, each counted once per name. */
export const MAX_DESCRIPTORS = 5000;

const REF_NAME = "org.opencontainers.image.ref.name";

export interface ImageChoice {
  /** Open only the image of this name. */
  readonly name?: string;
  readonly platform: PlatformChoice;
}

/** A manifest's descriptor, with the name its index or tag gives it. */
export interface NamedDescriptor {
  readonly name: string;
  readonly descriptor: Descriptor;
  readonly note?: string | undefined;
  /** Those in the index that lists it, by the digest that they are about. */
  readonly attestations?: ReadonlyMap<string, readonly Descriptor[]>;
}

/** The images of an OCI image layout (image-spec `image-layout.md`). Throws InputError if the layout itself is bad. */
export async function findLayoutImages(store: BlobStore, choice: ImageChoice): Promise<FoundImages> {
  const manifests = await readIndex(store);
  const named = listNamed(store.label, manifests, choice.name);
  const lists = new Map(manifests.toReversed().map((each) => [each.annotations?.[REF_NAME] ?? "", each]));
  const withReferrers = {
    ...store,
    listReferrers: (image: Digest) => readReferrers(store, lists.get(referrersTag(image))),
    findTagged: async (tag: string) => lists.get(tag)?.digest,
  };
  return { count: named.length, images: openImages(withReferrers, named, choice.platform) };
}

/** A layout keeps the list of an image's referrers under the tag that registries without such lists have. */
async function readReferrers(store: BlobStore, listed: Descriptor | undefined): Promise<readonly Descriptor[]> {
  if (listed === undefined) return [];
  const parsed = parseIndexOrManifest(
    await readBlob(store, listed, "manifest"),
    toBlobPath(listed.digest),
    listed.mediaType,
  );
  return "index" in parsed ? parsed.index.manifests : [];
}

async function readIndex(store: BlobStore): Promise<readonly Descriptor[]> {
  const bytes = await store.read("index.json");
  if (bytes === undefined) throw new InputError("not-an-image", "index.json", "no index.json: not an OCI image layout");
  return parseIndex(bytes, "index.json").manifests;
}

function listNamed(
  label: string,
  manifests: readonly Descriptor[],
  wanted: string | undefined,
): readonly NamedDescriptor[] {
  const attestations = groupAttestations(manifests);
  const named = manifests
    .filter((descriptor) => !isAttestation(descriptor) && !isReferrersTag(descriptor.annotations?.[REF_NAME] ?? ""))
    .map((descriptor) => ({
      name: toLayoutName(label, descriptor.annotations ?? {}),
      descriptor,
      attestations,
    }))
    .filter(({ name, descriptor }) => isWanted(wanted, name, descriptor));
  if (named.length === 0) throw noSuchImage(label, wanted, manifests);
  return named;
}

/** The images that these manifests and indexes lead to. An index may list an image twice; under one name it counts once. */
export async function* openImages(
  store: BlobStore,
  named: readonly NamedDescriptor[],
  platform: PlatformChoice,
): AsyncGenerator<FoundImage> {
  const visit: Visit = { store, platform, seen: new Set() };
  const yielded = new Set<string>();
  for (const each of named) {
    for await (const image of withFault(each.name, () => openNamed(visit, each, 0))) {
      const key = `${image.name} ${"fault" in image ? image.fault.place : image.digest}`;
      if (!yielded.has(key)) yield image;
      yielded.add(key);
    }
  }
}

/** Config digest → manifest digest of every readable image in a layout. Opens no config. */
export async function findManifestDigests(store: BlobStore): Promise<Map<Digest, Digest>> {
  const digests = new Map<Digest, Digest>();
  if ((await store.read("index.json")) === undefined) return digests;
  const visit: Visit = { store, platform: "all", seen: new Set() };
  for (const each of listNamed(store.label, await readIndex(store), undefined)) {
    try {
      for await (const { descriptor, manifest } of walkManifests(visit, each, 0))
        digests.set(manifest.config.digest, descriptor.digest);
    } catch (fault) {
      // A damaged manifest is skipped: the archive names its images itself, and digests only add to that.
      if (!concernsOneImage(fault)) throw fault;
    }
  }
  return digests;
}

function isWanted(wanted: string | undefined, name: string, { annotations, digest }: Descriptor): boolean {
  return wanted === undefined || wanted === name || wanted === annotations?.[REF_NAME] || wanted === digest;
}

function noSuchImage(label: string, wanted: string | undefined, manifests: readonly Descriptor[]): InputError {
  if (wanted === undefined) return new InputError("not-an-image", "index.json", "no images in the layout");
  const names = manifests.map(({ annotations }) => annotations?.[REF_NAME] ?? "").filter((name) => name !== "");
  return new InputError(
    "not-an-image",
    "index.json",
    `no image ${wanted} in ${label}; it has: ${listShort(names) || "unnamed images"}`,
  );
}

/** One walk through a layout's indexes: a descriptor is opened once per name, however many indexes lead to it. */
interface Visit {
  readonly store: BlobStore;
  readonly platform: PlatformChoice;
  readonly seen: Set<string>;
  /** The last opened image: names of one image follow each other, and it is read once for all of them. */
  parsed?: { readonly digest: Digest; readonly value: IndexOrManifest };
  opened?: SourceImage;
}

async function* openNamed(visit: Visit, named: NamedDescriptor, depth: number): AsyncGenerator<SourceImage> {
  for await (const found of walkManifests(visit, named, depth)) {
    if (visit.opened?.digest !== found.descriptor.digest) visit.opened = await openManifest(visit.store, found);
    yield { ...visit.opened, name: found.name, note: found.note };
  }
}

async function* walkManifests(
  visit: Visit,
  { name, descriptor, note, attestations: listed }: NamedDescriptor,
  depth: number,
): AsyncGenerator<OpenedManifest> {
  const { platform, seen } = visit;
  const place = toBlobPath(descriptor.digest);
  if (seen.has(`${name} ${place}`)) return;
  seen.add(`${name} ${place}`);
  if (seen.size > MAX_DESCRIPTORS) {
    throw new InputError("limit-exceeded", place, `indexes that lead to more than ${MAX_DESCRIPTORS} manifests`);
  }
  const parsed = await parseBlob(visit, descriptor);
  if ("manifest" in parsed) {
    yield { name, descriptor, manifest: parsed.manifest, note, attestations: listed?.get(descriptor.digest) ?? [] };
    return;
  }
  if (depth >= MAX_INDEX_DEPTH)
    throw new InputError("limit-exceeded", place, `indexes nested more than ${MAX_INDEX_DEPTH} deep`);
  const { chosen, note: newNote = note } = await chooseImages(visit, parsed.index.manifests, { name, place });
  const attestations = groupAttestations(parsed.index.manifests);
  for (const each of chosen) {
    const suffix = platform === "all" && each.platform !== undefined ? `@${formatPlatform(each.platform)}` : "";
    yield* walkManifests(visit, { name: name + suffix, descriptor: each, note: newNote, attestations }, depth + 1);
  }
}

async function parseBlob(visit: Visit, descriptor: Descriptor): Promise<IndexOrManifest> {
  const { digest, mediaType } = descriptor;
  if (visit.parsed?.digest === digest) return visit.parsed.value;
  const bytes = await readBlob(visit.store, descriptor, "manifest");
  const value = parseIndexOrManifest(bytes, toBlobPath(digest), mediaType);
  visit.parsed = { digest, value };
  return value;
}

interface OpenedManifest {
  readonly note: string | undefined;
  readonly name: string;
  readonly descriptor: Descriptor;
  readonly manifest: ImageManifest;
  readonly attestations: readonly Descriptor[];
}

async function openManifest(
  store: BlobStore,
  { name, descriptor, manifest, attestations }: OpenedManifest,
): Promise<SourceImage> {
  const { digest } = descriptor;
  const place = toBlobPath(manifest.config.digest);
  if (!isConfigType(manifest.config.mediaType) && manifest.config.mediaType !== "") {
    throw new InputError(
      "not-an-image",
      toBlobPath(digest),
      `an artifact of type ${manifest.config.mediaType}, not a container image`,
    );
  }
  const config = parseImageConfig(await readBlob(store, manifest.config), place);
  const named = manifest.layers.map(({ digest, mediaType, size }) => {
    return { path: toBlobPath(digest), digest, mediaType, size, isDescribed: true };
  });
  const layers = await locateLayers(store, config, named, { name: "the manifest", place: toBlobPath(digest) });
  // Read once for all names of the image.
  let reading: ReturnType<typeof readAttached> | undefined;
  const attached = () => (reading ??= readAttached(store, digest, attestations));
  // Not all annotations: a manifest of 4 MiB may have as many, and images wait for each other.
  const baseMentions = listBaseMentions(manifest.annotations, config.settings.labels);
  return {
    name,
    digest,
    configDigest: manifest.config.digest,
    config,
    layers,
    baseMentions,
    // Not kept: it may have four MiB.
    readConfig: () => readBlob(store, manifest.config),
    readAnnotations: () => readAnnotations(store, descriptor),
    readAttached: attached,
    listSignatures: () => listSignatures(store, digest),
  };
}

/** Read again when they are asked for: see `baseMentions`. */
async function readAnnotations(store: BlobStore, descriptor: Descriptor): Promise<Readonly<Record<string, string>>> {
  const bytes = await readBlob(store, descriptor, "manifest");
  const parsed = parseIndexOrManifest(bytes, toBlobPath(descriptor.digest), descriptor.mediaType);
  return "manifest" in parsed ? parsed.manifest.annotations : {};
}
