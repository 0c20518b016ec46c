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
  name: column("What it has", "text", ({ name }: RelayeredLayer) => name),
} satisfies Columns<RelayeredLayer>;

/** A rung of the ladder: layers as they are, layers cut again, and single files. */
export interface RelayerRung {
  readonly rung: "before" | "after" | "file";
  readonly bytes: number;
  /** `null` for files. */
  readonly layers: number | null;
  /** Of the gap between layers and files, the part that is closed; `null` if there is none. */
  readonly closed: number | null;
}

export function listRelayerRungs({ before, after, fileBytes }: RelayerAnswer): RelayerRung[] {
  const gap = before.bytes - fileBytes;
  const closed = (bytes: number) => (gap <= 0 ? null : (before.bytes - bytes) / gap);
  return [
    { rung: "before", ...before, closed: closed(before.bytes) },
    { rung: "after", ...after, closed: closed(after.bytes) },
    { rung: "file", bytes: fileBytes, layers: null, closed: closed(fileBytes) },
  ];
}

export const RELAYER_RUNG_COLUMNS = {
  rung: column("Stored as", "text", ({ rung }: RelayerRung) => rung),
  bytes: column("Bytes", "bytes", ({ bytes }: RelayerRung) => bytes),
  layers: column("Layers", "count", ({ layers }: RelayerRung) => layers),
  closed: column("Gap closed", "share", ({ closed }: RelayerRung) => closed),
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
  groups: column("What it holds", "text", ({ groups }: HeldLayer) => groupsWords(groups)),
  images: column("Held by", "text", ({ images }: HeldLayer) => images.join(", ")),
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
