import { formatPlatform, toChainIds } from "#lib/formats/oci/index.ts";
import type { Digest } from "#lib/model/digest.ts";
import type { DescribedImage } from "#lib/model/snapshot.ts";
import { sumKnown } from "#lib/model/sum-known.ts";
import type { SourceImage } from "#lib/sources/images/source-image.ts";
import { listOwnClaims } from "./own-claims.ts";

/** An image by manifest and config. `digests`: those found by reading the layers, for a source that does not give them. */
export function describeImage(
  image: SourceImage,
  source: string,
  digests: readonly (Digest | undefined)[] = [],
): DescribedImage {
  const { name, digest, configDigest, config } = image;
  const layers = describeLayers(image, digests);
  return {
    name,
    source,
    digest,
    configDigest,
    platform: formatPlatform(config.platform),
    createdAt: config.createdAt,
    command: config.command,
    settings: config.settings,
    ownClaims: listOwnClaims(image),
    layers,
    downloadSize: sumKnown(layers.map(({ downloadSize }) => downloadSize)),
  };
}

function describeLayers({ layers }: SourceImage, digests: readonly (Digest | undefined)[]): DescribedImage["layers"] {
  const chainIds = toChainIds(layers.map(({ diffId }) => diffId));
  return layers.map(({ diffId, mediaType, createdBy, isDescribed, storedSize, ...layer }, i) => {
    const digest = layer.digest ?? digests[i] ?? diffId;
    // A blob whose digest is the DiffID is a plain tar: only a manifest can show that a registry stores it uncompressed.
    const downloadSize = isDescribed || digest !== diffId ? storedSize : undefined;
    return { diffId, chainId: chainIds[i]!, digest, downloadSize, mediaType, createdBy };
  });
}
