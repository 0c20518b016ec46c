import { formatPlatform, parseImageConfig, parseMetadata } from "#lib/formats/oci/index.ts";
import { listOwnClaims } from "#lib/ingest/image/own-claims.ts";
import { type LayerPool, openLayerPool } from "#lib/ingest/layers/layer-pool.ts";
import type { StatedClaim } from "#lib/model/attached.ts";
import type { SourceImage } from "#lib/sources/images/source-image.ts";
import { type ReadScans, readLayers } from "../source/read-layers.ts";
import { buildSides, type ReadImage } from "./build-sides.ts";
import { buildMovedTree, toReadLayer } from "./moved-tree.ts";
import type { OpenedSide } from "./open-side.ts";
import type { MovedConfig, MovedImage, MovedTree, RebaseSides } from "./sides.ts";

/** The image of one platform, with the source that it is from. */
export interface ChosenSide {
  readonly side: OpenedSide;
  readonly image: SourceImage;
}

/** An image that was built on the new base. */
export interface RebuiltImage {
  readonly about: MovedImage;
  readonly config: MovedConfig;
  readonly tree: MovedTree;
}

/**
 * Reads all layers of a rebase on one platform. They share the limits of one scan, because they are in memory together. Throws
 * InputError, UnreachableError.
 */
export async function readSides(
  chosen: Record<"image" | "oldBase" | "newBase", ChosenSide>,
  signal: AbortSignal,
): Promise<RebaseSides> {
  const pool = openLayerPool({ signal, purpose: "move" });
  // The layers of the old base are the image's, too.
  const scans: ReadScans = new Map();
  try {
    const image = await readImage(chosen.image, pool, scans);
    const oldBase = await readImage(chosen.oldBase, pool, scans);
    const newBase = await readImage(chosen.newBase, pool, scans);
    await pool.rest();
    return buildSides({ image, oldBase, newBase });
  } finally {
    await pool.close();
  }
}

/** Reads an image that a rebase is compared with. Throws InputError, UnreachableError. */
export async function readRebuilt(chosen: ChosenSide, signal: AbortSignal): Promise<RebuiltImage> {
  const pool = openLayerPool({ signal, purpose: "move" });
  try {
    const { about, config, layers } = await readImage(chosen, pool, new Map());
    await pool.rest();
    return { about, config, tree: buildMovedTree(layers.map(toReadLayer), config, about.source) };
  } finally {
    await pool.close();
  }
}

async function readImage({ side, image }: ChosenSide, pool: LayerPool, scans: ReadScans): Promise<ReadImage> {
  const layers = await readLayers(image, side.reader(pool), scans);
  return { about: await describeImage(side, image), config: toMovedConfig(await image.readConfig()), layers };
}

/** A configuration as it was written. Throws InputError. */
export function toMovedConfig(bytes: Uint8Array): MovedConfig {
  return {
    parsed: parseImageConfig(bytes, "config"),
    json: parseMetadata(bytes, "config") as Readonly<Record<string, unknown>>,
  };
}

async function describeImage({ source, images }: OpenedSide, image: SourceImage): Promise<MovedImage> {
  const attached = await image.readAttached?.();
  const own = listOwnClaims(image).map((claim): StatedClaim => ({ ...claim, statedBy: "image" }));
  const stated = (attached?.baseClaims ?? []).map((claim): StatedClaim => ({ ...claim, statedBy: "provenance" }));
  return {
    source,
    name: image.name,
    digest: image.digest,
    platform: formatPlatform(image.config.platform),
    platforms: images.map(({ config }) => formatPlatform(config.platform)),
    diffIds: image.layers.map(({ diffId }) => diffId),
    baseClaims: [...stated, ...own],
    attached,
    signatures: (await image.listSignatures?.()) ?? [],
  };
}
