import { artifactKind } from "#lib/display/artifact-kind.ts";
import { column, DIGEST, KIND, measureColumn, NAME } from "../table.ts";

/** An artifact in a list, as far as columns of its own need it. Sizes in bytes. */
interface ListedArtifact {
  readonly kind: string;
  readonly platform: string;
  readonly layerCount: number;
  readonly nodeCount: number;
  readonly manifestOnly: boolean;
  /** `undefined` for an image that is known by its manifest alone, and so is the other. */
  readonly layersContentSize: number | undefined;
  readonly wastedSize: number | undefined;
  readonly closureSize: number;
  /** Milliseconds since the epoch. */
  readonly scannedAt: number;
  readonly names: readonly string[];
}

export const ARTIFACT_COLUMNS = {
  name: NAME,
  kind: { ...KIND, shown: artifactKind },
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
    shown: (row: ListedArtifact) => ofImage(row, row.wastedSize ?? null),
  },
  downloadSize: measureColumn("downloadSize"),
  closureSize: measureColumn("closureSize"),
  onlyHere: measureColumn("onlyHere"),
  scannedAt: column<ListedArtifact>("Scanned", "text", ({ scannedAt }) => new Date(scannedAt).toISOString()),
  names: column<ListedArtifact>("Names", "text", ({ names }) => names.join(" ")),
  manifestOnly: column<ListedArtifact>("Manifest only", "text", ({ manifestOnly }) => manifestOnly),
};

/** The bytes of an artifact's own contents, by its kind. */
export const ARTIFACT_SIZE = column<ListedArtifact>(
  "Size",
  "bytes",
  ({ kind, layersContentSize = null, closureSize }) =>
    kind === "image" ? layersContentSize : kind === "closure" ? closureSize : null,
  { measure: "layersContentSize" },
);

/** `null` for a closure or an SBOM, which have no layers. */
function ofImage({ kind }: ListedArtifact, figure: number | null): number | null {
  return kind === "image" ? figure : null;
}
