import { type Descriptor, type PlatformChoice, parseIndexOrManifest } from "#lib/formats/oci/index.ts";
import type { Digest } from "#lib/model/digest.ts";
import { nearestTexts } from "#lib/model/nearest-text.ts";
import { InputError } from "#lib/model/problem.ts";
import { type NamedDescriptor, openImages } from "../images/oci-layout.ts";
import { digestOfBytes } from "../images/read-blob.ts";
import { referrersTag } from "../images/referrers-tag.ts";
import type { BlobStore, FoundImage, RemotePlace } from "../images/source-image.ts";
import { inParallel } from "../in-parallel.ts";
import { formatReference, type NamedReference, type TagReference } from "./reference.ts";
import type { Repository } from "./repository.ts";

/** Images whose metadata is fetched at the same time: a registry answers in 20 to 200 ms. */
const MAX_FETCHED_AHEAD = 8;

/** The image of one reference. */
export async function* openReference(
  repository: Repository,
  reference: NamedReference,
  platform: PlatformChoice,
): AsyncGenerator<FoundImage> {
  const wanted = "digest" in reference ? reference.digest : reference.tag;
  const name = formatReference(reference, "digest" in reference ? `@${reference.digest}` : `:${reference.tag}`);
  const bytes = await repository.getManifest(wanted);
  if (bytes === undefined) throw await noSuchImage(repository, reference, name);
  const digest = digestOfBytes(bytes);
  if ("digest" in reference && digest !== reference.digest) {
    throw new InputError("digest-mismatch", name, `expected digest ${reference.digest}, got ${digest}`);
  }
  const named: NamedDescriptor = {
    name,
    descriptor: { mediaType: "", digest, size: bytes.length, annotations: undefined, platform: undefined },
  };
  const { host, repository: path } = reference;
  const sbomSource = (blob: Digest) => `sbom:docker://${host}/${path}@${blob}`;
  const from = { host, repository: path };
  const store = { ...registryStore({ repository, from, label: name }, { digest, bytes }), sbomSource };
  yield* openImages(store, [named], platform);
}

/** A tag found in a list. */
export interface ListedTag {
  readonly repository: Repository;
  readonly reference: TagReference;
}

/** Listed tags, several at a time. One that cannot be opened is a fault of its own: the others can still be scanned. */
export async function* openListed(
  tags: AsyncIterable<ListedTag>,
  platform: PlatformChoice,
): AsyncGenerator<FoundImage> {
  const open = async ({ repository, reference }: ListedTag): Promise<FoundImage[]> => {
    const { host, repository: path, tag } = reference;
    const source = `docker://${host}/${path}:${tag}`;
    try {
      const found = await Array.fromAsync(openReference(repository, reference, platform));
      return found.map((image) => ({ ...image, source }));
    } catch (fault) {
      if (fault instanceof InputError) return [{ name: formatReference(reference, `:${tag}`), source, fault }];
      throw fault;
    }
  };
  for await (const found of inParallel(tags, MAX_FETCHED_AHEAD, open)) yield* found;
}

/** The blobs of one image of a repository. `known`: its manifest, which is fetched already. */
function registryStore(
  {
    repository,
    from,
    label,
  }: { readonly repository: Repository; readonly from: RemotePlace["from"]; readonly label: string },
  known: { readonly digest: Digest; readonly bytes: Uint8Array },
): BlobStore {
  return {
    label,
    read: async (path, what) => {
      const digest = toDigest(path);
      if (digest === known.digest) return known.bytes;
      return what === "manifest" ? repository.getManifest(digest) : repository.getBlob(digest);
    },
    listReferrers: (digest) => listReferrers(repository, digest),
    findTagged: async (tag) => {
      const bytes = await repository.getManifest(tag);
      return bytes && digestOfBytes(bytes);
    },
    locate: async (path, describedSize = 0) => {
      const open = () => repository.openBlob(toDigest(path), describedSize);
      return { place: { kind: "remote", length: describedSize, from, open }, byteCount: describedSize };
    },
  };
}

/** `blobs/sha256/…` → `sha256:…`. */
function toDigest(path: string): Digest {
  return path.replace(/^blobs\//, "").replace("/", ":") as Digest;
}

async function noSuchImage(repository: Repository, reference: NamedReference, name: string): Promise<InputError> {
  if ("digest" in reference) return new InputError("not-an-image", name, "the registry does not have it");
  const tags = await Array.fromAsync(repository.listTags());
  const near = nearestTexts(reference.tag, tags, 1)[0];
  const hint = near === undefined ? "" : `; did you mean :${near}?`;
  return new InputError("not-an-image", name, `no such tag${hint}`);
}

/**
 * The manifests that refer to an image (distribution-spec, "Listing Referrers"), or those under its fallback tag in a registry without
 * that list.
 */
async function listReferrers(repository: Repository, image: Digest): Promise<readonly Descriptor[]> {
  const bytes = (await repository.getReferrers(image)) ?? (await repository.getManifest(referrersTag(image)));
  if (bytes === undefined) return [];
  const place = `referrers of ${image}`;
  const parsed = parseIndexOrManifest(bytes, place, "");
  return "index" in parsed ? parsed.index.manifests : [];
}
