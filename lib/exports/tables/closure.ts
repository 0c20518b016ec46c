import { MEASURES } from "#lib/display/measures.ts";
import { signatureWords } from "#lib/display/signatures.ts";
import type { ClosureAnswer, MeasuredNode, WastedFile } from "#lib/model/answer.ts";
import { tidyCreatedBy } from "#lib/model/created-by.ts";
import { type Columns, column, DIGEST, KIND, measureColumn, NAME, type Table, toTable, VERSION } from "../table.ts";
import { SUSPECT_COLUMNS } from "./suspects.ts";

export const NODE_COLUMNS = {
  id: column("Id", "path", ({ id }) => id),
  kind: KIND,
  name: NAME,
  version: VERSION,
  selfSize: measureColumn("selfSize"),
  closureSize: measureColumn("closureSize"),
  retainedSize: measureColumn("retainedSize"),
  referenceCount: measureColumn("referenceCount", "count"),
  referrerCount: measureColumn("referrerCount", "count"),
  root: column("Root", "text", ({ root }) => root),
  live: column("Live", "text", ({ live }) => live, { shown: ({ live }) => (live ? "live" : "dead") }),
} satisfies Columns<MeasuredNode>;

/** The sizes of an SBOM's nodes, which count components. */
export const COUNT_COLUMNS = {
  closureCount: countColumn("closureCount", ({ closureSize }) => closureSize),
  retainedCount: countColumn("retainedCount", ({ retainedSize }) => retainedSize),
} satisfies Columns<MeasuredNode>;

function countColumn(measure: "closureCount" | "retainedCount", count: (node: MeasuredNode) => number) {
  return column(MEASURES[measure].label, "count", count, { measure });
}

/** All columns of an SBOM's nodes. */
export const SBOM_NODE_COLUMNS = {
  id: NODE_COLUMNS.id,
  kind: KIND,
  name: NAME,
  version: VERSION,
  ...COUNT_COLUMNS,
  referenceCount: NODE_COLUMNS.referenceCount,
  referrerCount: NODE_COLUMNS.referrerCount,
  root: NODE_COLUMNS.root,
} satisfies Columns<MeasuredNode>;
/** Of the items of a closure from a binary cache. */
export const SIGNATURE = column<MeasuredNode>("Signature", "text", ({ signature }) => signature?.status ?? null, {
  shown: ({ signature }) => (signature === undefined ? null : signatureWords(signature)),
});

/** A layer of one image in a list. Sizes in bytes. */
export interface ListedLayer {
  readonly position: number;
  readonly diffId: string;
  readonly createdBy: string;
  /** `undefined` if the layer was never read, and so is `entryCount`. */
  readonly contentSize?: number | undefined;
  readonly wastedSize: number;
  /** `undefined` if the compressed size is not known. */
  readonly downloadSize?: number | undefined;
  readonly entryCount?: number | undefined;
  /** Stored artifacts with this layer, this one included. */
  readonly imageCount: number;
}

/** The fields that a column needs: rows of other lists have only some of them. */
type Needs<Field extends keyof ListedLayer> = Pick<ListedLayer, Field>;

export const LAYER_COLUMNS = {
  position: column<Needs<"position">>("Place", "count", ({ position }) => position),
  diffId: column<Needs<"diffId">>("DiffID", "digest", ({ diffId }) => diffId),
  chainId: column("ChainID", "digest", ({ chainId }: { readonly chainId: string }) => chainId),
  digest: DIGEST,
  mediaType: column("Media type", "text", ({ mediaType }: { readonly mediaType: string }) => mediaType),
  createdBy: column<Needs<"createdBy">>("Made by", "path", ({ createdBy }) => createdBy, {
    shown: ({ createdBy }) => tidyCreatedBy(createdBy),
  }),
  contentSize: measureColumn("contentSize"),
  wastedSize: measureColumn("wastedSize"),
  downloadSize: measureColumn("downloadSize"),
  tarSize: measureColumn("tarSize"),
  entryCount: column<Needs<"entryCount">>("Entries", "count", ({ entryCount = null }) => entryCount),
  imageCount: column<Needs<"imageCount">>("Found in", "count", ({ imageCount }) => imageCount),
};

export const WASTE_COLUMNS = {
  path: column("Path", "path", ({ path }) => path, { shown: ({ path }) => `/${path}` }),
  bytes: column("Bytes", "bytes", ({ bytes }) => bytes, { measure: "wastedSize" }),
  layer: column("Layer", "count", ({ layer }) => layer),
  hiddenBy: column("Hidden by", "count", ({ hiddenBy }) => hiddenBy),
} satisfies Columns<WastedFile>;

export function toClosureTables(answer: ClosureAnswer): Table[] {
  const { nodes, total, image, suspects = [] } = answer;
  const [{ kind, layers }] = answer.artifacts;
  const what = kind === "image" ? "components" : "store items";
  const cut = nodes.length < total.nodes;
  const { name, version, selfSize, closureSize, retainedSize, id } = NODE_COLUMNS;
  const { position, createdBy, contentSize, wastedSize, downloadSize, diffId } = LAYER_COLUMNS;
  const listed = layers.map((layer, place) => {
    return { ...layer, position: place, downloadSize: image?.layers[place]?.downloadSize };
  });
  const { files = [], count = 0 } = image?.waste ?? {};
  const suspect = SUSPECT_COLUMNS;
  return [
    toTable(
      cut ? `The ${nodes.length} of ${total.nodes} ${what} that retain most` : `All ${what}, by retained size`,
      [name, version, selfSize, closureSize, retainedSize, id],
      nodes,
      total.nodes,
    ),
    toTable(
      "What keeps a tenth or more",
      [suspect.name, suspect.retainedSize, suspect.share, suspect.accumulation, suspect.path],
      suspects,
    ),
    toTable(
      "Layers, newest first",
      [position, createdBy, contentSize, wastedSize, downloadSize, diffId],
      listed.reverse(),
    ),
    toTable(
      files.length < count ? `Wasted, the ${files.length} largest of ${count} files` : "Wasted",
      Object.values(WASTE_COLUMNS),
      files,
      count,
    ),
  ];
}
