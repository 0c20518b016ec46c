import { groupsWords } from "#lib/display/relayer-words.ts";
import type { RelayerAnswer, RelayeredImage, RelayeredLayer, RelayerUpdate } from "#lib/model/relayer-answer.ts";
import { type Columns, column, NAME } from "../table.ts";

/** Images that were cut again. */
export const RELAYERED_IMAGE_COLUMNS = {
  name: NAME,
  digest: column("Digest", "digest", ({ digest }: RelayeredImage) => digest),
  layersBefore: column("Layers before", "count", ({ layersBefore }: RelayeredImage) => layersBefore),
  layers: column("Layers after", "count", ({ layers }: RelayeredImage) => layers.length),
  bytesBefore: column("Bytes before", "bytes", ({ bytesBefore }: RelayeredImage) => bytesBefore),
  bytes: column("Bytes after", "bytes", ({ bytes }: RelayeredImage) => bytes),
  written: column("Written as", "digest", ({ written }: RelayeredImage) => written ?? null),
} satisfies Columns<RelayeredImage>;

/** Layers that they were cut into. */
export const RELAYERED_LAYER_COLUMNS = {
  bytes: column("Files", "bytes", ({ bytes }: RelayeredLayer) => bytes),
  imageCount: column("Images", "count", ({ imageCount }: RelayeredLayer) => imageCount),
  isKept: column("Kept", "text", ({ isKept }: RelayeredLayer) => (isKept === undefined ? null : String(isKept)), {
    shown: ({ isKept }) => (isKept === true ? "yes" : isKept === false ? "no" : ""),
  }),
  name: column("Contents", "text", ({ name }: RelayeredLayer) => name),
} satisfies Columns<RelayeredLayer>;

/** A rung of the ladder: layers as they are, layers cut again, the floor of all layers that keep the trees, and single files. */
export interface RelayerRung {
  readonly rung: "before" | "after" | "floor" | "file";
  readonly bytes: number;
  /** `null` for what is not cut into layers. */
  readonly layers: number | null;
  /** Of the gap between layers and files, the part that is closed; `null` if there is none. */
  readonly closed: number | null;
  /** The part that is saved of what layers can share; `null` for files, and if that is nothing. */
  readonly shared: number | null;
}

export function listRelayerRungs({ before, after, floorBytes, fileBytes }: RelayerAnswer): RelayerRung[] {
  const part = (bytes: number, least: number) =>
    before.bytes <= least ? null : (before.bytes - bytes) / (before.bytes - least);
  const parts = (bytes: number) => ({ bytes, closed: part(bytes, fileBytes), shared: part(bytes, floorBytes) });
  return [
    { rung: "before", layers: before.layers, ...parts(before.bytes) },
    { rung: "after", layers: after.layers, ...parts(after.bytes) },
    { rung: "floor", layers: null, ...parts(floorBytes) },
    { rung: "file", layers: null, ...parts(fileBytes), shared: null },
  ];
}

export const RELAYER_RUNG_COLUMNS = {
  rung: column("Stored as", "text", ({ rung }: RelayerRung) => rung),
  bytes: column("Bytes", "bytes", ({ bytes }: RelayerRung) => bytes),
  layers: column("Layers", "count", ({ layers }: RelayerRung) => layers),
  closed: column("Gap closed", "share", ({ closed }: RelayerRung) => closed),
  shared: column("Gap to floor closed", "share", ({ shared }: RelayerRung) => shared),
} satisfies Columns<RelayerRung>;

/** A layer after the cut, with the names of the images that have it. */
export type HeldLayer = RelayeredLayer & { readonly images: readonly string[]; readonly row: number };

/** The largest first; `isShared`: only those of several images. */
export function listHeldLayers({ cut, images }: RelayerAnswer, isShared = false): HeldLayer[] {
  const names: string[][] = cut.map(() => []);
  for (const { name, layers } of images) for (const row of layers) names[row]!.push(name);
  return cut
    .map((layer, row) => ({ ...layer, row, images: names[row]! }))
    .filter(({ imageCount }) => !isShared || imageCount > 1)
    .sort((a, b) => b.bytes - a.bytes || a.row - b.row);
}

export const HELD_LAYER_COLUMNS = {
  bytes: column("Bytes", "bytes", ({ bytes }: HeldLayer) => bytes),
  imageCount: column("Images", "count", ({ imageCount }: HeldLayer) => imageCount),
  groups: column("Contents", "text", ({ groups }: HeldLayer) => groupsWords(groups)),
  images: column("In", "text", ({ images }: HeldLayer) => images.join(", ")),
} satisfies Columns<HeldLayer>;

/** Successive versions, each pulled by a host that has the one before. */
export const RELAYER_UPDATE_COLUMNS = {
  to: column("Update to", "text", ({ to }: RelayerUpdate) => to),
  from: column("From", "text", ({ from }: RelayerUpdate) => from),
  built: column("As built", "bytes", ({ built }: RelayerUpdate) => built),
  fresh: column("New plans", "bytes", ({ fresh }: RelayerUpdate) => fresh),
  kept: column("One plan kept", "bytes", ({ kept }: RelayerUpdate) => kept),
  files: column("By file", "bytes", ({ files }: RelayerUpdate) => files),
} satisfies Columns<RelayerUpdate>;
