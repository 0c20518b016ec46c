import { READ_FOR } from "#lib/ingest/layers/read-purpose.ts";
import { scanLayer } from "#lib/ingest/layers/scan-layer.ts";
import type { StatedClaim } from "#lib/model/attached.ts";
import type { Digest } from "#lib/model/digest.ts";
import type { LayerScan } from "#lib/model/layer.ts";
import { buildSides, type ReadImage } from "#lib/moves/rebase/build-sides.ts";
import { toMovedConfig } from "#lib/moves/rebase/read-sides.ts";
import type { MovedImage, RebaseSides } from "#lib/moves/rebase/sides.ts";
import { sha256 } from "./image-archive.ts";
import { buildTar, inChunks, type TarMember } from "./tar.ts";

/** Pieces in which a layer comes from a file. */
const PIECE_BYTES = 1024 ** 2;

/** A layer: its members, or the whole tar. */
type TestLayer = readonly TarMember[] | Uint8Array;

/** An image of a rebase in a test. */
export interface TestImage {
  readonly layers: readonly TestLayer[];
  /** Members of `config`: Env, Cmd … */
  readonly config?: Readonly<Record<string, unknown>>;
  /** Members of the whole document: history, created … */
  readonly document?: Readonly<Record<string, unknown>>;
  readonly about?: Partial<
    Pick<MovedImage, "name" | "digest" | "platform" | "platforms" | "attached" | "signatures" | "baseClaims">
  >;
}

export interface TestRebase {
  readonly oldBase: TestImage;
  readonly newBase: TestImage;
  /** The layers above the old base, unless `image.onto` is false: then all layers of the image. */
  readonly image: TestImage & { readonly onto?: false };
}

/** Layers as lists of tar members, read as those of a real image → the sides of their rebase. */
export async function buildRebaseSides({ image, oldBase, newBase }: TestRebase): Promise<RebaseSides> {
  const layers = image.onto === false ? image.layers : [...oldBase.layers, ...image.layers];
  return buildSides({
    image: await readTestImage("image", { ...image, layers }),
    oldBase: await readTestImage("old", oldBase),
    newBase: await readTestImage("new", newBase),
  });
}

async function readTestImage(name: string, { layers, config, document, about }: TestImage): Promise<ReadImage> {
  const scans = await Promise.all(layers.map((layer) => scanTestLayer(layer)));
  const diffIds = scans.map(({ diffId }) => diffId);
  const platform = about?.platform ?? "linux/amd64";
  const [os, architecture, variant] = platform.split("/");
  const rootfs = { type: "layers", diff_ids: diffIds };
  const json = JSON.stringify({ os, architecture, variant, rootfs, config, ...document });
  const digest = `sha256:${sha256(Buffer.from(name + json))}` as Digest;
  return {
    config: toMovedConfig(Buffer.from(json)),
    layers: scans,
    about: {
      source: `oci:${name}`,
      name,
      digest,
      platform,
      platforms: [platform],
      diffIds,
      baseClaims: [] as StatedClaim[],
      attached: undefined,
      signatures: [],
      ...about,
    },
  };
}

/** Whole layers are those of real images: each is scanned once in a file of tests. */
const scanned = new WeakMap<Uint8Array, Promise<LayerScan>>();

function scanTestLayer(layer: TestLayer): Promise<LayerScan> {
  if (!(layer instanceof Uint8Array)) return scanLayer(inChunks(buildTar(layer)), READ_FOR.move);
  const scan = scanned.get(layer) ?? scanLayer(inChunks(layer, PIECE_BYTES), READ_FOR.move);
  scanned.set(layer, scan);
  return scan;
}
