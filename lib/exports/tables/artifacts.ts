import { type Columns, column } from "../table.ts";

/** What the list of artifacts says of one. Sizes in bytes. */
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
  /** `undefined` where what a registry stores is not known. */
  readonly downloadSize: number | undefined;
  readonly closureSize: number;
  /** `undefined` for a closure. */
  readonly onlyHere: number | undefined;
  /** Milliseconds since the epoch. */
  readonly scannedAt: number;
  readonly names: readonly string[];
}

export const ARTIFACT_COLUMNS = {
  name: column("Name", "text", ({ name }) => name),
  kind: column("Kind", "text", ({ kind }) => kind),
  digest: column("Digest", "digest", ({ digest }) => digest),
  platform: column("Platform", "text", ({ platform }) => platform),
  layers: column("Layers", "count", ({ layerCount }) => layerCount),
  nodes: column("Nodes", "count", ({ nodeCount }) => nodeCount),
  layersContentSize: column("In layers", "bytes", (row) => row.layersContentSize, { measure: "layersContentSize" }),
  rootfsSize: column("Visible", "bytes", ({ rootfsSize }) => rootfsSize, { measure: "rootfsSize" }),
  wastedSize: column("Wasted", "bytes", ({ wastedSize }) => wastedSize, { measure: "wastedSize" }),
  downloadSize: column("Download", "bytes", ({ downloadSize = null }) => downloadSize, { measure: "downloadSize" }),
  closureSize: column("Closure", "bytes", ({ closureSize }) => closureSize, { measure: "closureSize" }),
  onlyHere: column("Only here", "bytes", ({ onlyHere = null }) => onlyHere, { measure: "onlyHere" }),
  scannedAt: column("Scanned", "text", ({ scannedAt }) => new Date(scannedAt).toISOString()),
  names: column("Names", "text", ({ names }) => names.join(" ")),
} satisfies Columns<ListedArtifact>;
