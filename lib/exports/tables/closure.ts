import { tidyCreatedBy } from "#lib/display/created-by.ts";
import type { ClosureAnswer, MeasuredNode, WastedFile } from "#lib/model/answer.ts";
import { type Columns, column, isFilled, type ReportTable, reportTable } from "../table.ts";

export const NODE_COLUMNS = {
  id: column("Id", "path", ({ id }) => id),
  kind: column("Kind", "text", ({ kind }) => kind),
  name: column("Name", "text", ({ name }) => name),
  version: column("Version", "digest", ({ version }) => version),
  selfSize: column("Self", "bytes", ({ selfSize }) => selfSize, { measure: "selfSize" }),
  closureSize: column("Closure", "bytes", ({ closureSize }) => closureSize, { measure: "closureSize" }),
  retainedSize: column("Retained", "bytes", ({ retainedSize }) => retainedSize, { measure: "retainedSize" }),
  referenceCount: column("References", "count", (node) => node.referenceCount, { measure: "referenceCount" }),
  referrerCount: column("Referrers", "count", (node) => node.referrerCount, { measure: "referrerCount" }),
  root: column("Root", "text", ({ root }) => root),
  live: column("Live", "text", ({ live }) => live),
} satisfies Columns<MeasuredNode>;

/** What there is to say of a layer of one image. Sizes in bytes. */
export interface ListedLayer {
  readonly position: number;
  readonly diffId: string;
  readonly createdBy: string;
  readonly contentSize: number;
  readonly wastedSize: number;
  /** `undefined` where what a registry stores is not known. */
  readonly downloadSize?: number | undefined;
  readonly entryCount: number;
  /** Artifacts here that have this layer, this one included. */
  readonly imageCount: number;
}

/** A layer as its CSV file has it. */
interface StoredLayer extends ListedLayer {
  readonly chainId: string;
  readonly digest: string;
  readonly mediaType: string;
  readonly tarSize: number;
}

const LISTED_COLUMNS = {
  position: column("Place", "count", ({ position }) => position),
  diffId: column("DiffID", "digest", ({ diffId }) => diffId),
  createdBy: column("Made by", "path", ({ createdBy }) => createdBy, {
    shown: ({ createdBy }) => tidyCreatedBy(createdBy),
  }),
  contentSize: column("Content", "bytes", ({ contentSize }) => contentSize, { measure: "contentSize" }),
  wastedSize: column("Wasted", "bytes", ({ wastedSize }) => wastedSize, { measure: "wastedSize" }),
  downloadSize: column("Download", "bytes", ({ downloadSize = null }) => downloadSize, { measure: "downloadSize" }),
} satisfies Columns<Omit<ListedLayer, "entryCount" | "imageCount">>;

export const LAYER_COLUMNS: Columns<StoredLayer> = {
  position: LISTED_COLUMNS.position,
  diffId: LISTED_COLUMNS.diffId,
  chainId: column("ChainID", "digest", ({ chainId }) => chainId),
  digest: column("Digest", "digest", ({ digest }) => digest),
  mediaType: column("Media type", "text", ({ mediaType }) => mediaType),
  createdBy: LISTED_COLUMNS.createdBy,
  contentSize: LISTED_COLUMNS.contentSize,
  wastedSize: LISTED_COLUMNS.wastedSize,
  downloadSize: LISTED_COLUMNS.downloadSize,
  tarSize: column("Tar", "bytes", ({ tarSize }) => tarSize, { measure: "tarSize" }),
  entryCount: column("Entries", "count", ({ entryCount }) => entryCount),
  imageCount: column("Found in", "count", ({ imageCount }) => imageCount),
};

export const WASTE_COLUMNS = {
  path: column("Path", "path", ({ path }) => path, { shown: ({ path }) => `/${path}` }),
  bytes: column("Bytes", "bytes", ({ bytes }) => bytes, { measure: "wastedSize" }),
  layer: column("Layer", "count", ({ layer }) => layer),
  hiddenBy: column("Hidden by", "count", ({ hiddenBy }) => hiddenBy),
} satisfies Columns<WastedFile>;

export function toClosureTables({ artifacts: [{ kind, layers }], nodes, total, image }: ClosureAnswer): ReportTable[] {
  const what = kind === "image" ? "components" : "store items";
  const cut = nodes.length < total.nodes;
  const { name, version, selfSize, closureSize, retainedSize, id } = NODE_COLUMNS;
  const { position, createdBy, contentSize, wastedSize, downloadSize, diffId } = LISTED_COLUMNS;
  const listed = layers.map((layer, place) => {
    return { ...layer, position: place, downloadSize: image?.layers[place]?.downloadSize };
  });
  const { files = [], count = 0 } = image?.waste ?? {};
  return [
    reportTable(
      cut ? `The ${nodes.length} of ${total.nodes} ${what} that retain most` : `All ${what}, by retained size`,
      [name, version, selfSize, closureSize, retainedSize, id],
      nodes,
      total.nodes,
    ),
    reportTable(
      "Layers, the newest first",
      [position, createdBy, contentSize, wastedSize, downloadSize, diffId],
      listed.reverse(),
    ),
    reportTable(
      files.length < count ? `Wasted, the ${files.length} largest of ${count} files` : "Wasted",
      Object.values(WASTE_COLUMNS),
      files,
      count,
    ),
  ].filter(isFilled);
}
