import { type Columns, column, KIND, measureColumn, NAME } from "../table.ts";

/** An artifact in a list. Sizes in bytes. */
interface ListedArtifact {
  readonly name: string;
  readonly kind: string;
  readonly digest: string;
  readonly platform: string;
  readonly layerCount: number;
  readonly nodeCount: number;
  readonly layersContentSize: number;
  readonly rootfsSize: number;
  readonly wastedSize: number;
  /** `undefined` if the compressed size is not known. */
  readonly downloadSize: number | undefined;
  readonly closureSize: number;
  /** `undefined` for a closure. */
  readonly onlyHere?: number | undefined;
  /** Milliseconds since the epoch. */
  readonly scannedAt: number;
  readonly names: readonly string[];
}

export const ARTIFACT_COLUMNS = {
  name: NAME,
  kind: KIND,
  digest: column("Digest", "digest", ({ digest }) => digest),
  platform: column("Platform", "text", ({ platform }) => platform),
  layers: column("Layers", "count", ({ layerCount }) => layerCount, { shown: (row) => ofImage(row, row.layerCount) }),
  nodes: column("Nodes", "count", ({ nodeCount }) => nodeCount),
  layersContentSize: measureColumn("layersContentSize"),
  rootfsSize: measureColumn("rootfsSize"),
  wastedSize: { ...measureColumn("wastedSize"), shown: (row) => ofImage(row, row.wastedSize) },
  downloadSize: measureColumn("downloadSize"),
  closureSize: measureColumn("closureSize"),
  onlyHere: measureColumn("onlyHere"),
  scannedAt: column("Scanned", "text", ({ scannedAt }) => new Date(scannedAt).toISOString()),
  names: column("Names", "text", ({ names }) => names.join(" ")),
} satisfies Columns<ListedArtifact>;

/** The bytes of an artifact's own contents, by its kind. */
export const ARTIFACT_SIZE = column<ListedArtifact>(
  "Size",
  "bytes",
  ({ kind, layersContentSize, closureSize }) => (kind === "image" ? layersContentSize : closureSize),
  { measure: "layersContentSize" },
);

/** `null` for a closure, which has no layers. */
function ofImage({ kind }: ListedArtifact, figure: number): number | null {
  return kind === "image" ? figure : null;
}
