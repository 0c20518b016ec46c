import { column, DIGEST, KIND, measureColumn, NAME } from "../table.ts";

/** An artifact in a list, as far as columns of its own need it. Sizes in bytes. */
interface ListedArtifact {
  readonly kind: string;
  readonly platform: string;
  readonly layerCount: number;
  readonly nodeCount: number;
  readonly layersContentSize: number;
  readonly wastedSize: number;
  readonly closureSize: number;
  /** Milliseconds since the epoch. */
  readonly scannedAt: number;
  readonly names: readonly string[];
}

export const ARTIFACT_COLUMNS = {
  name: NAME,
  kind: KIND,
  digest: DIGEST,
  platform: column<ListedArtifact>("Platform", "text", ({ platform }) => platform),
  layers: column<ListedArtifact>("Layers", "count", ({ layerCount }) => layerCount, {
    shown: (row) => ofImage(row, row.layerCount),
  }),
  nodes: column<ListedArtifact>("Nodes", "count", ({ nodeCount }) => nodeCount),
  layersContentSize: measureColumn("layersContentSize"),
  rootfsSize: measureColumn("rootfsSize"),
  wastedSize: {
    ...measureColumn("wastedSize"),
    shown: (row: ListedArtifact) => ofImage(row, row.wastedSize),
  },
  downloadSize: measureColumn("downloadSize"),
  closureSize: measureColumn("closureSize"),
  onlyHere: measureColumn("onlyHere"),
  scannedAt: column<ListedArtifact>("Scanned", "text", ({ scannedAt }) => new Date(scannedAt).toISOString()),
  names: column<ListedArtifact>("Names", "text", ({ names }) => names.join(" ")),
};

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
