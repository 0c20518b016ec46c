import type { Pool } from "pg";
import { listKnownBlobs } from "#lib/db/layers/list-known-blobs.ts";
import {
  choosePlatform,
  type Descriptor,
  formatPlatform,
  listImages,
  type PlatformChoice,
  parseIndexOrManifest,
} from "#lib/formats/oci/index.ts";
import { InputError, UnreachableError, UsageError } from "#lib/model/problem.ts";
import type { ImageWeight } from "#lib/model/registry-offer.ts";
import { openEnvironment } from "#lib/sources/environment.ts";
import { withRegistries } from "#lib/sources/registry/look-up.ts";
import { parseReference } from "#lib/sources/registry/reference.ts";
import type { Repository } from "#lib/sources/registry/repository.ts";
import type { ScanRequest } from "./scan-request.ts";

/** What the scan of one image of a registry would download. Only manifests are fetched; a failure is its line. */
export async function weighImage(pool: Pool, request: ScanRequest, signal: AbortSignal): Promise<ImageWeight> {
  const nothing = { source: request.source, layerCount: 0, knownCount: 0, missing: [], platforms: [], line: "" };
  try {
    return { ...nothing, ...(await weigh(pool, request, signal)) };
  } catch (error) {
    const isOurs = error instanceof InputError || error instanceof UnreachableError || error instanceof UsageError;
    if (!isOurs) throw error;
    return { ...nothing, line: error.message };
  }
}

async function weigh(pool: Pool, { source, access, platform }: ScanRequest, signal: AbortSignal) {
  const reference = parseReference(source.slice("docker:".length));
  if (reference.kind !== "image") return {};
  const wanted = "digest" in reference ? reference.digest : reference.tag;
  const { layers, platforms } = await withRegistries(openEnvironment(access), signal, async (registries) =>
    getLayers(await registries.openRepository(reference), wanted, platform),
  );
  const known = await listKnownBlobs(
    pool,
    layers.map(({ digest }) => digest),
  );
  const unknown = layers.filter(({ digest }) => !known.has(digest));
  return {
    layerCount: layers.length,
    knownCount: layers.length - unknown.length,
    missing: unknown.map(({ digest, size }) => ({ digest, bytes: size })),
    platforms,
  };
}

/** The layers of the image of a platform, each once. Digests are not checked: nothing of this is stored. */
async function getLayers(repository: Repository, wanted: string, platform: PlatformChoice) {
  const read = await readManifest(repository, wanted);
  if ("manifest" in read) return { layers: once(read.manifest.layers), platforms: [] };
  const images = listImages(read.index.manifests);
  const platforms = images.flatMap((image) => (image.platform === undefined ? [] : formatPlatform(image.platform)));
  const layers: Descriptor[] = [];
  for (const { digest } of choosePlatform(images, platform)) {
    const image = await readManifest(repository, digest);
    if ("manifest" in image) layers.push(...image.manifest.layers);
  }
  if (layers.length > 0) return { layers: once(layers), platforms: [...new Set(platforms)] };
  throw new InputError("not-an-image", wanted, `has no image for this platform; it has: ${platforms.join(", ")}`);
}

async function readManifest(repository: Repository, wanted: string) {
  const bytes = await repository.getManifest(wanted);
  if (bytes === undefined) throw new InputError("not-an-image", wanted, "no such tag");
  return parseIndexOrManifest(bytes, wanted, "");
}

/** Equal layers are fetched once. */
function once(layers: readonly Descriptor[]): Descriptor[] {
  return [...new Map(layers.map((layer) => [layer.digest, layer])).values()];
}
