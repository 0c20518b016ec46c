import type { RelayeredImage, RelayeredLayer } from "#lib/model/relayer-answer.ts";
import { type Columns, column, NAME } from "../table.ts";

/** Images that were cut again. */
export const RELAYERED_IMAGE_COLUMNS = {
  name: NAME,
  digest: column("Digest", "digest", ({ digest }: RelayeredImage) => digest),
  layersBefore: column("Layers before", "count", ({ layersBefore }: RelayeredImage) => layersBefore),
  layers: column("Layers after", "count", ({ layers }: RelayeredImage) => layers.length),
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
